"""Stops a script that computes without end, at no cost per step: a timer looks once a second which step is running."""

from __future__ import annotations

import signal
import threading
from types import FrameType
from typing import Any

from dialtest.clock import monotonic_s
from dialtest.script.case import Case, ScriptStuck

TICK_S = 1.0

_STEPPING = frozenset({Case._send.__code__, Case.stop.__code__})


class Watchdog:
    """`with Watchdog():` round a driver's loop, in the main thread (elsewhere it does nothing).

    A step found computing at two ticks in a row gets ScriptStuck raised inside it, again at every further tick if the
    script swallows it; so a step may compute for one to two seconds. The timer it takes over is served on time and
    given back at the end.
    """

    def __init__(self, tick_s: float | None = None) -> None:
        self._tick_s = TICK_S if tick_s is None else tick_s
        self._last: tuple[Case, int] | None = None
        self._former: Any = None
        self._former_due_s = 0.0
        self._active = False

    def __enter__(self) -> Watchdog:
        self._active = threading.current_thread() is threading.main_thread()
        if self._active:
            self._former = signal.signal(signal.SIGALRM, self._tick)
            left_s, _ = signal.setitimer(signal.ITIMER_REAL, self._tick_s, self._tick_s)
            self._former_due_s = monotonic_s() + left_s if left_s else 0.0
        return self

    def __exit__(self, *_: object) -> None:
        if self._active:
            left_s = max(self._former_due_s - monotonic_s(), 0.001) if self._former_due_s else 0.0
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, self._former)
            signal.setitimer(signal.ITIMER_REAL, left_s)

    def _tick(self, number: int, frame: FrameType | None) -> None:
        if self._former_due_s and monotonic_s() >= self._former_due_s and callable(self._former):
            self._former_due_s = 0.0
            self._former(number, frame)
        case = _stepping(frame)
        seen = None if case is None else (case, case.step)
        if seen is not None and seen == self._last:
            raise ScriptStuck(f"it computed for more than {self._tick_s:g} s without asking for an act")
        self._last = seen


def _stepping(frame: FrameType | None) -> Case | None:
    """The case whose script is what runs in `frame`; None when the driver itself is at work."""
    while frame is not None:
        if frame.f_code in _STEPPING:
            case: Case = frame.f_locals["self"]
            return case if case.computing else None
        frame = frame.f_back
    return None
