"""A rehearsal: the heaviest hour of a campaign's plan, put on a hotline of the sandbox and kept in its folder."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

from load.callers.measure import Progress, measure
from load.measured import Measured, measured_path, write_measured
from load.outlook import heaviest_hour
from load.plan.planned import only_planned
from load.plan.reading import load_plan
from load.verify.sandbox_hotline import sandbox_hotline

PLAN_FILE = "surge.toml"
LENGTH = timedelta(hours=1)
SPEED = 240.0


def rehearse(
    folder: Path, speed: float = SPEED, on_progress: Callable[[Progress], None] = lambda progress: None
) -> Measured | None:
    """Put an hour of the plan in `folder` on a hotline of the sandbox, and keep what was measured in `folder`/surge.

    It is the hour in which most callers are expected. None where there is no surge.toml. Raises DialtestError for a
    plan that is wrong, CouldNotTest where nothing could be measured.
    """
    path = folder / PLAN_FILE
    if not path.exists():
        return None
    whole, _unplanned = only_planned(load_plan(path))
    begins = heaviest_hour(whole)
    plan = whole.between(begins, begins + LENGTH)
    with sandbox_hotline(plan, speed) as addresses:
        measured = measure(plan, addresses.sip, addresses.http, speed=speed, on_progress=on_progress)
    write_measured(measured, measured_path(folder, plan.begins))
    return measured
