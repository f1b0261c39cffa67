"""When the emergency flow (H3) is on: a connection rate over a sliding window, with hysteresis."""

from __future__ import annotations

from collections import deque

from dialtest.policy.hotline_terms import EmergencyTerms

SWITCHES_KEPT = 10_000


class EmergencyFlow:
    """Watches the calls that got an agent and those that gave up; knows nothing of who they are.

    It goes on when the connection rate of the last `window_s` falls below `on_below`, and off again only at `off_at`,
    so that it does not flicker round one threshold; or when fewer than `least_calls` are left in the window. Callers
    who take the self-service ask for no agent any more and are not counted (ours). `switches` are the times it changed.
    """

    __slots__ = ("_answered", "_terms", "_window", "on", "switches")

    def __init__(self, terms: EmergencyTerms) -> None:
        self.on = False
        self.switches: deque[tuple[float, bool]] = deque(maxlen=SWITCHES_KEPT)
        self._terms = terms
        self._window: deque[tuple[float, bool]] = deque()
        self._answered = 0

    @property
    def rate(self) -> float:
        """Calls answered ÷ calls that asked for an agent, in the window; 1 when there was none."""
        return self._answered / len(self._window) if self._window else 1.0

    def note(self, now_s: float, answered: bool) -> bool:
        """A call got its agent, or gave up; whether the flow is on now."""
        self._window.append((now_s, answered))
        self._answered += answered
        return self.look(now_s)

    def look(self, now_s: float) -> bool:
        """Whether the flow is on now; what lies before the window is forgotten."""
        window, terms = self._window, self._terms
        while window and window[0][0] <= now_s - terms.window_s:
            self._answered -= window.popleft()[1]
        if self.on:
            on = len(window) >= terms.least_calls and self.rate < terms.off_at
        else:
            on = len(window) >= terms.least_calls and self.rate < terms.on_below
        if on != self.on:
            self.on = on
            self.switches.append((now_s, on))
        return on
