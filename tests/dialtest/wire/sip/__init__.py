"""The SIP codec, its transactions and dialogs, against the RFC and an independent parser."""
