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
    Calls of one time share an entry, so that a driver with a coarse clock keeps the window as small as it likes.
    """

    __slots__ = ("_answered", "_asked", "_terms", "_window", "on", "switches")

    def __init__(self, terms: EmergencyTerms) -> None:
        self.on = False
        self.switches: deque[tuple[float, bool]] = deque(maxlen=SWITCHES_KEPT)
        self._terms = terms
        self._window: deque[tuple[float, int, int]] = deque()
        self._answered = 0
        self._asked = 0

    @property
    def rate(self) -> float:
        """Calls answered ÷ calls that asked for an agent, in the window; 1 when there was none."""
        return self._answered / self._asked if self._asked else 1.0

    def note(self, now_s: float, answered: bool) -> bool:
        """A call got its agent, or gave up; whether the flow is on now."""
        window, answered_then, asked_then = self._window, int(answered), 1
        if window and window[-1][0] == now_s:
            _, answered_before, asked_before = window.pop()
            answered_then, asked_then = answered_then + answered_before, 1 + asked_before
        window.append((now_s, answered_then, asked_then))
        self._answered += answered
        self._asked += 1
        return self.look(now_s)

    def look(self, now_s: float) -> bool:
        """Whether the flow is on now; what lies before the window is forgotten."""
        window, terms = self._window, self._terms
        while window and window[0][0] <= now_s - terms.window_s:
            _, answered, asked = window.popleft()
            self._answered -= answered
            self._asked -= asked
        on = self._asked >= terms.least_calls and self.rate < (terms.off_at if self.on else terms.on_below)
        if on != self.on:
            self.on = on
            self.switches.append((now_s, on))
        return on
