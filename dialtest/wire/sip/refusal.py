"""The one error that reading SIP raises, whatever came."""

from __future__ import annotations


class Garbled(Exception):
    """A datagram that is not the SIP we speak; the text says what and where.

    `status` is how a request like it is answered (RFC 3261 §21.4, §21.5) where its sender can be told at all.
    """

    def __init__(self, problem: str, status: int = 400) -> None:
        super().__init__(problem)
        self.status = status
