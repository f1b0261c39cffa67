"""Everything call records say of a plan's laws, worked out in one go."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from load.calibration.call_back import CallBack, call_back
from load.calibration.call_file import ReadCalls
from load.calibration.handle_time import HandleTime, handle_time, observed_s
from load.calibration.patience import Patience, patience
from load.calibration.redials import WITHIN_S, Redials, redials
from load.calibration.sent_batches import SentBatch
from load.calibration.traffic import Traffic, traffic
from load.law import Empirical, Law

STEPS = 5
FOLLOWED = 0.95
"""A law that puts less of the redials within the time they were looked for would send the rest after it: too late."""


@dataclass(frozen=True, slots=True)
class Calibration:
    """What the records of one file say. call_back: by brand, empty where no batch is known."""

    read: ReadCalls
    handle: HandleTime
    patience: Patience
    redials: Redials
    traffic: Traffic
    call_back: tuple[CallBack, ...]

    @property
    def redial_law(self) -> Law | None:
        """The delay of a redial for a plan: the fitted law where it holds within the time looked at, else what was
        seen there.
        """
        law = self.redials.law
        if law is None or float(law.share_by(self.redials.within_s)) >= FOLLOWED:
            return law
        return Empirical(observed_s(self.redials.delays_s, most=20))


def calibrate(
    read: ReadCalls,
    batches: Sequence[SentBatch] = (),
    per_h: Mapping[str, Sequence[float]] | None = None,
    redial_within_s: float = WITHIN_S,
    on_done: Callable[[int], object] = lambda _done: None,
) -> Calibration:
    """Work out all laws. on_done: told how many of the five steps are done."""
    records = read.records
    handle = handle_time(records)
    on_done(1)
    waits = patience(records)
    on_done(2)
    again = redials(records, redial_within_s)
    on_done(3)
    counted = traffic(records)
    on_done(4)
    called = call_back(records, batches, per_h)
    on_done(STEPS)
    return Calibration(read, handle, waits, again, counted, called)
