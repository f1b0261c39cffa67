"""What is decided on a complaint, and on which of the four ways (R2, R3, R4)."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

Outcome = Literal["wrong", "unverified", "correct", "goodwill"]


class Ruling(Struct, frozen=True):
    """What is decided on a complaint, amounts in fen: what was wrong, what goes back, what is returned on top of it,
    what is given without being owed. `complained_fen` are all fees the complaint is about.
    """

    outcome: Outcome
    complained_fen: int
    wrong_fen: int = 0
    refund_fen: int = 0
    on_top_fen: int = 0
    goodwill_fen: int = 0

    @property
    def total_fen(self) -> int:
        return self.refund_fen + self.on_top_fen + self.goodwill_fen

    def but(self, **changes: object) -> Ruling:
        """The same ruling with some fields changed."""
        return replace(self, **changes)
