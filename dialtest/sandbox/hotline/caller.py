"""Who asks the hotline for an agent, and how each of them left it."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

Outcome = Literal["waiting", "answered", "abandoned", "diverted"]


class Caller(Struct, frozen=True):
    """One call that asks for an agent, as the law of chance made it (H1). Times are seconds from a local midnight.

    `call` names the call, `msisdn` who calls. `takes_self_service`: what the caller says when offered the choice (H3).
    """

    call: int
    msisdn: str
    brand: str
    asked_s: float
    patience_s: float
    handle_s: float
    takes_self_service: bool = False


class CallRecord(Struct):
    """How one call went. `left_s`: when it was answered, abandoned or diverted; `called_back_s`: when it was made good.

    `recorded`: it was not answered, so that it is owed a call back (H3). `settled`: the caller rang again and got an
    agent before that. A call still `waiting` when the run ended has neither.
    """

    call: int
    msisdn: str
    brand: str
    asked_s: float
    outcome: Outcome = "waiting"
    left_s: float = 0.0
    offered: bool = False
    recorded: bool = False
    settled: bool = False
    called_back_s: float | None = None

    @property
    def waited_s(self) -> float:
        """How long the caller waited."""
        return self.left_s - self.asked_s
