"""SIP (RFC 3261) without sockets and clocks: messages, transactions, dialogs, digest, and quick looks at datagrams."""
