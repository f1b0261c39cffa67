"""A matter 事项: all findings of one rule against one service, the unit the review meeting decides on (D2)."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal, get_args

MatterState = Literal[
    "new", "heard", "confirmed", "dismissed", "notified", "rectified", "retested", "closed", "recurred"
]
Move = Literal["hear", "confirm", "dismiss", "notify", "rectify", "retest", "close", "recur", "reopen"]

STATES: tuple[MatterState, ...] = get_args(MatterState)
MOVES: tuple[Move, ...] = get_args(Move)

CHAIN_PREFIX = "review/"
"""Begins the name of every matter's chain; no case is called so, since no provider's code has a slash."""
ID_DIGITS = 10


@dataclass(frozen=True, slots=True, order=True)
class MatterKey:
    """Which service and which rule: what stays the same however often evidence is judged again."""

    provider_code: str
    service_code: str
    rule: str

    @property
    def id(self) -> str:
        """A short name for lists and command lines, `M` and ten hexadecimal digits; the same in every campaign."""
        return "M" + sha256(str(self).encode()).hexdigest()[:ID_DIGITS]

    @property
    def chain(self) -> str:
        """The name of its chain in the journal."""
        return CHAIN_PREFIX + self.id

    def __str__(self) -> str:
        return f"{self.provider_code}/{self.service_code}/{self.rule}"
