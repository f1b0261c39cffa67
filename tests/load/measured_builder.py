"""Builds what a load run measured by hand, exactly as a test wants it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import msgspec

from load.measured import BrandMeasured, Measured, Quarter, Spread
from load.plan.surge_plan import SurgePlan
from load.tally import Tally

NOTHING = Spread()


def measured_run(plan: SurgePlan, begins: datetime, answered: int, asked: int, **changes: object) -> Measured:
    """An hour of load on the plan's first brand, all of whose calls came in its first quarter hour."""
    tally = Tally(callers=asked, attempts=asked, answered=answered, answered_within=answered,
                  abandoned=asked - answered, callers_answered=answered, waited_s=5.0 * asked)  # fmt: skip
    brand = plan.brands[0]
    run = Measured(
        plan=plan.name, digest=plan.digest, seed=7, begins=begins, ends=begins + timedelta(hours=1), speed=60.0,
        measured_at=begins, wall_s=60.0, host="127.0.0.1:5086", workers=1, workers_lost=0, due=asked, placed=asked,
        late=0, not_started=0, lost=0, most_at_once=9, stopped_early=False,
        brands=(BrandMeasured(brand, replace(tally), NOTHING, NOTHING),),
        quarters=(Quarter(begins, brand, asked, answered),), reply=NOTHING, reply_service=NOTHING, answer=NOTHING,
        answer_service=NOTHING, lateness=NOTHING, failures={},
    )  # fmt: skip
    return msgspec.structs.replace(run, **changes)
