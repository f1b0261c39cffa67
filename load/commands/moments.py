"""Moments on the command line, and looking at a part of a plan only."""

from __future__ import annotations

from datetime import datetime

import click

from dialtest.errors import DialtestError
from dialtest.language import _
from load.plan.surge_plan import SurgePlan


class Moment(click.ParamType[datetime]):
    """A moment in ISO form; without a zone it is the plan's."""

    name = "moment"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        try:
            return value if isinstance(value, datetime) else datetime.fromisoformat(str(value))
        except ValueError:
            self.fail(_("“{found}” is no moment such as 2006-08-21T10:00.").format(found=value), param, ctx)


MOMENT = Moment()


def between(plan: SurgePlan, begins: datetime | None, ends: datetime | None) -> SurgePlan:
    """The plan from one moment until another; raises DialtestError where nothing lies between them."""
    if begins is None and ends is None:
        return plan
    first, last = _in_zone(plan, begins or plan.begins), _in_zone(plan, ends or plan.ends)
    if last <= first:
        raise DialtestError(
            _("Nothing lies between {begins} and {ends}.").format(begins=first.isoformat(), ends=last.isoformat()),
            _("Let --until be later than --from."),
        )
    return plan.between(first, last)


def _in_zone(plan: SurgePlan, when: datetime) -> datetime:
    return when if when.tzinfo else when.replace(tzinfo=plan.zone)
