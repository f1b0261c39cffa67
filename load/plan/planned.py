"""Which batches of a plan have a time to be sent: only they bring calls."""

from __future__ import annotations

from dataclasses import replace

from dialtest.errors import DialtestError
from dialtest.language import _
from load.plan.surge_plan import SurgePlan


def only_planned(plan: SurgePlan) -> tuple[SurgePlan, tuple[int, ...]]:
    """The plan with the batches that have a start, and the numbers of those that have none.

    Raises DialtestError where no batch has one.
    """
    planned = tuple(batch for batch in plan.batches if batch.start is not None)
    if not planned:
        raise DialtestError(
            _("No batch of the plan “{name}” has a start, so nobody calls.").format(name=plan.name),
            _("State `start`, or have one proposed: dialtest surge schedule PLAN --out NEW.toml"),
        )
    left_out = tuple(batch.number for batch in plan.batches if batch.start is None)
    return replace(plan, batches=planned), left_out
