"""What would become of one more caller on a day of a brand's desk (H1, H3): read off the day's own calls.

The day is played once, with the callers of its background, when somebody first rings; a test number's call is so
small a part of it that it changes nothing, and so no test number's fate depends on another's.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import Literal

from msgspec import Struct

from dialtest.policy.hotline_terms import HOURS, Desk, HotlineTerms
from dialtest.sandbox.hotline.brand_desk import HOUR_S
from dialtest.sandbox.hotline.caller import Caller, CallRecord
from dialtest.sandbox.hotline.hotline import DeskRun


class Fate(Struct, frozen=True):
    """What becomes of a caller who asks for an agent. `left_s`: when answered, given up or diverted.

    `called_back_s`: when a caller who was not answered is called back. Seconds from the day's midnight.
    """

    outcome: Literal["answered", "abandoned", "diverted"]
    left_s: float
    offered: bool
    called_back_s: float = 0.0


class BrandDay:
    """One day of one desk."""

    def __init__(self, terms: HotlineTerms, desk: Desk, callers: Sequence[Caller], seed: int) -> None:
        run = DeskRun(terms, desk, seed)
        self._terms = terms.emergency
        self._records: Sequence[CallRecord] = run.run(callers)
        self._asked = [record.asked_s for record in self._records]
        self._idle = run.idle_since
        self._flow = [(0.0, False), *run.machine.flow.switches]
        owed = [record for record in self._records if record.called_back_s is not None]
        self._owed = sorted((record.left_s, record.called_back_s or 0.0) for record in owed)

    def fate(self, asked_s: float, patience_s: float, takes_self_service: bool) -> Fate:
        """What becomes of one who asks at `asked_s`, and waits that long at most."""
        if _state(self._idle, asked_s):
            return Fate("answered", asked_s, False)
        offered = _state(self._flow, asked_s)
        if offered and takes_self_service:
            return Fate("diverted", asked_s, True)
        answered_s = self._first_agent(asked_s)
        if answered_s <= asked_s + patience_s:
            return Fate("answered", answered_s, offered)
        left_s = asked_s + patience_s
        return Fate("abandoned", left_s, offered, self._called_back(left_s))

    def _first_agent(self, asked_s: float) -> float:
        """When the first agent comes free for whoever asked then: first come, first served, so that is when one of
        those who asked later would get that agent, or when an agent sits idle.
        """
        idle_s = next((when for when, idle in self._idle[bisect_right(self._idle, (asked_s, True)) :] if idle), None)
        later = (one.left_s for one in self._records[bisect_left(self._asked, asked_s) :] if one.outcome == "answered")
        found = [when for when in (idle_s, next(later, None)) if when is not None]
        return min(found, default=float("inf"))

    def _called_back(self, left_s: float) -> float:
        """When the crew rings: in the order of the records, so just when whoever was recorded next is rung; where that
        is nobody, as soon as the flow is off, in the hours for it.
        """
        following = bisect_left(self._owed, (left_s, 0.0))
        if following < len(self._owed):
            return self._owed[following][1]
        ends = (when for when, on in self._flow[bisect_right(self._flow, (left_s, True)) :] if not on)
        when_s = next(ends, left_s) if _state(self._flow, left_s) else left_s
        return self._in_hours(max(when_s, self._owed[-1][1]) if self._owed else when_s)

    def _in_hours(self, when_s: float) -> float:
        day_s = HOURS * HOUR_S
        midnight_s, hour = when_s // day_s * day_s, when_s % day_s / HOUR_S
        if hour < self._terms.call_back_from_h:
            return midnight_s + self._terms.call_back_from_h * HOUR_S
        if hour >= self._terms.call_back_until_h:
            return midnight_s + day_s + self._terms.call_back_from_h * HOUR_S
        return when_s


def _state(changes: Sequence[tuple[float, bool]], when_s: float) -> bool:
    """How it stands at `when_s`, given the times at which it changed."""
    return changes[max(bisect_right(changes, (when_s, True)) - 1, 0)][1]
