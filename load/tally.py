"""What became of a brand's callers, counted; and the connection rates, defined here once for simulation and load."""

from __future__ import annotations

from dataclasses import dataclass, fields

CONNECTED_WITHIN_S = 15.0
"""Later rules ask for a person within 15 s; how many got one is counted beside the plain rate."""


@dataclass(slots=True)
class Tally:
    """Counts of one brand. Every attempt is answered, abandoned, diverted, busy (no line free) or failed.

    `callers` asked the hotline at least once; `callers_answered` and `callers_diverted` of them were answered by an
    agent, or took the self-service, in the end (never both). `recorded` attempts were not answered and are owed a call
    back (H3), `called_back` of them got it, `settled` of them were answered on a later try before that.
    `withdrew_by_sms` and `withdrew_by_web` never called. `waited_s` is summed over all attempts.
    """

    callers: int = 0
    attempts: int = 0
    answered: int = 0
    answered_within: int = 0
    abandoned: int = 0
    diverted: int = 0
    busy: int = 0
    failed: int = 0
    recorded: int = 0
    called_back: int = 0
    settled: int = 0
    callers_answered: int = 0
    callers_diverted: int = 0
    withdrew_by_sms: int = 0
    withdrew_by_web: int = 0
    waited_s: float = 0.0

    def __add__(self, other: Tally) -> Tally:
        return Tally(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Tally)))

    @property
    def redials(self) -> int:
        """Attempts after a caller's first."""
        return self.attempts - self.callers

    @property
    def connection_rate_by_attempts(self) -> float:
        """接通率: attempts an agent answered ÷ attempts that asked for one; self-service takers asked for none."""
        return _rate(self.answered, self.attempts - self.diverted)

    @property
    def connection_rate_by_callers(self) -> float:
        """Callers an agent answered in the end ÷ callers who asked for one and did not take the self-service."""
        return _rate(self.callers_answered, self.callers - self.callers_diverted)

    @property
    def connection_rate_within(self) -> float:
        """Attempts answered within 15 s ÷ attempts that asked for an agent."""
        return _rate(self.answered_within, self.attempts - self.diverted)

    @property
    def mean_wait_s(self) -> float:
        """Mean wait over all attempts, answered or not."""
        return self.waited_s / self.attempts if self.attempts else 0.0


def _rate(part: int, whole: int) -> float:
    return part / whole if whole else 1.0
