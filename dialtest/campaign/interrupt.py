"""How a person ends a live run: the first Ctrl-C lets it stop where nothing is in doubt, the second leaves at once."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

SIGNALS = (signal.SIGINT, signal.SIGTERM)


class Interrupted(BaseException):
    """Raised out of a wait, and only there; a BaseException, so that no library takes it for an error of its own."""


class Interrupt:
    """`asked` tells whether a person wants the run to end. Works in the main thread; elsewhere nobody can ask."""

    def __init__(self) -> None:
        self.asked = False
        self._waiting = False
        self._heeding = False

    @contextmanager
    def heeded(self) -> Iterator[None]:
        """Take the signals over; give them back at the end. May be nested: the outermost counts."""
        if self._heeding or threading.current_thread() is not threading.main_thread():
            yield
            return
        self._heeding = True
        former: dict[signal.Signals, Any] = {number: signal.signal(number, self._ask) for number in SIGNALS}
        try:
            yield
        finally:
            self._heeding = False
            for number, handler in former.items():
                signal.signal(number, handler)

    @contextmanager
    def while_waiting(self) -> Iterator[None]:
        """Here an interrupt may break off what is being done: nothing is lost by it. Raises Interrupted."""
        self._waiting = True
        try:
            if self.asked:
                raise Interrupted
            yield
        finally:
            self._waiting = False

    def _ask(self, number: int, _: FrameType | None) -> None:
        self.asked = True
        signal.signal(number, signal.SIG_DFL)
        if self._waiting:
            self._waiting = False
            raise Interrupted
