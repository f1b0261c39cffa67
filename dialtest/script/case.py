"""The trampoline that runs one scenario: takes what was seen, gives the next act; no asyncio, no I/O."""

from __future__ import annotations

import traceback
from collections.abc import Coroutine
from contextlib import suppress
from typing import cast

from dialtest.model.act import AnyAct
from dialtest.model.observation import AnyObservation, Message
from dialtest.script.act_check import flaw
from dialtest.script.dial import CannotTest, Dial
from dialtest.script.scenario import Scenario

MOST_STEPS = 1_000


class ScriptStuck(BaseException):
    """Raised inside a script that computes without end; a BaseException, so that no script swallows it by accident."""


class Case:
    """One scenario on one dial. `start`, then `advance` with each result, give the next act or None at the end.

    At the end `reason` is empty when the script ran through, and otherwise says why the case is inconclusive. `step`
    counts the acts asked for so far.
    """

    __slots__ = ("_coroutine", "dial", "reason", "scenario", "step")

    def __init__(self, scenario: Scenario, dial: Dial) -> None:
        self.scenario = scenario
        self.dial = dial
        self.step = 0
        self.reason = ""
        self._coroutine: Coroutine[AnyAct, AnyObservation | None, None] | None = None

    @property
    def computing(self) -> bool:
        """Whether the script itself is at work this very moment; what a watchdog asks from inside a signal handler."""
        return self._coroutine is None or bool(getattr(self._coroutine, "cr_running", False))

    def start(self) -> AnyAct | None:
        """The first act."""
        return self._send(None)

    def advance(self, result: AnyObservation) -> AnyAct | None:
        """The act after `result`, or None when the script has ended."""
        return self._send(result)

    def hear(self, message: Message) -> None:
        """A message arrived; the script meets it at its next listening."""
        self.dial.hear(message)

    def stop(self, reason: str) -> None:
        """End the case here, inconclusive; whatever the script does about that is its own affair."""
        self.reason = reason
        if self._coroutine is not None:
            with suppress(Exception, ScriptStuck, SystemExit):
                self._coroutine.close()

    def _send(self, result: AnyObservation | None) -> AnyAct | None:
        try:
            if self._coroutine is None:
                self._coroutine = cast(Coroutine[AnyAct, AnyObservation | None, None], self.scenario.body(self.dial))
            act = self._coroutine.send(result)
        except StopIteration:
            return None
        except CannotTest as cannot:
            self.reason = _told(str(cannot))
            return None
        except KeyboardInterrupt:
            raise
        except BaseException as error:  # noqa: BLE001 - a raising scenario, even one that exits, is an inconclusive case
            self.reason = f"the scenario {self.scenario.name} failed: {_where(error)}"
            return None
        self.step += 1
        wrong = flaw(act)
        if wrong:
            self.stop(f"the scenario {self.scenario.name} {wrong}")
            return None
        if self.step > MOST_STEPS:
            self.stop(f"the scenario {self.scenario.name} asked for more than {MOST_STEPS} acts")
            return None
        return act


def _where(error: BaseException) -> str:
    frames = traceback.extract_tb(error.__traceback__)
    line = f" (line {frames[-1].lineno} of {frames[-1].name})" if len(frames) > 1 else ""
    return _told(f"{type(error).__name__}: {error}{line}")


def _told(reason: str) -> str:
    """A reason as it can be journalled: bounded, and without halves of characters."""
    return reason[:500].encode(errors="backslashreplace").decode()
