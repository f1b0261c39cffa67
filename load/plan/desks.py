"""Who sits where: agents by brand and shift, and pools that serve several brands, as a plan writes them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence, Set
from itertools import pairwise
from typing import Any

from dialtest.language import _
from dialtest.policy.hotline_terms import HotlineTerms
from load.plan.surge_plan import DAY_S, Desk, Pool, Shift
from load.plan.tables import REQUIRED, Tables

MOST_AGENTS = 100_000
STANDARD = 0.80
"""Where neither plan nor policy states one (ours)."""


def read_desks(
    tables: Tables, top: Mapping[str, Any], hotline: HotlineTerms | None, needed: Set[str]
) -> tuple[Desk, ...]:
    """A desk for every brand that has agents; each brand in `needed` must have one. In the order of the plan."""
    stated = tables.table(top, "agents", "")
    known = {desk.brand: desk.standard for desk in hotline.desks} if hotline else {}
    if known:
        stated = dict(tables.known(stated, "agents.", known))
    standards = tables.known(tables.table(top, "standard", ""), "standard.", known or stated)
    for brand in sorted(needed - set(stated)):
        tables.wrong(f"agents.{brand}", "", _("how many agents the brand has"), _("Add the key."))
    return tuple(
        Desk(
            brand,
            _shifts(tables, stated, brand, "agents."),
            tables.number(standards, brand, "standard.", 0.01, 1, known.get(brand, STANDARD)),
        )
        for brand in stated
    )


def read_pools(tables: Tables, top: Mapping[str, Any], brands: Sequence[str]) -> tuple[Pool, ...]:
    """The pools of agents who serve several brands."""
    pools = []
    for place, stated in enumerate(tables.several(top, "pool"), 1):
        above = f"pool[{place}]."
        one = tables.known(stated, above, ("name", "brands", "agents"))
        served = one.get("brands")
        if not isinstance(served, list) or not served or any(brand not in brands for brand in served):
            tables.wrong(f"{above}brands", served, _("a list of: {choices}").format(choices=", ".join(brands)))
            served = list(brands)
        name = tables.text(one, "name", above, "+".join(served))
        pools.append(Pool(name, tuple(dict.fromkeys(served)), _shifts(tables, one, "agents", above)))
    return tuple(pools)


def _shifts(tables: Tables, stated: Mapping[str, Any], key: str, above: str) -> tuple[Shift, ...]:
    """The shifts of one day: a number for the whole day, or tables { from, until, agents } that cover it."""
    value = stated.get(key)
    if not isinstance(value, list):
        agents = tables.number(stated, key, above, 1, MOST_AGENTS, REQUIRED, whole=True)
        return (Shift(0, DAY_S, int(agents)),)
    read = [_shift(tables, one, f"{above}{key}[{place}].") for place, one in enumerate(value, 1)]
    shifts = sorted((one for one in read if one), key=lambda one: one.from_s)
    if not _cover_the_day(shifts):
        found = ", ".join(f"{_clock(one.from_s)}–{_clock(one.until_s)}" for one in shifts)
        expected = _("shifts that cover the day from 00:00 to 24:00 once, without overlap or gap")
        tables.wrong(f"{above}{key}", found, expected, _("Let each shift begin where the one before ends."))
        return (Shift(0, DAY_S, 1),)
    return tuple(shifts)


def _shift(tables: Tables, stated: Any, above: str) -> Shift | None:
    if not isinstance(stated, dict):
        tables.wrong(
            above.rstrip("."), stated, _('a table such as {{ from = "08:00", until = "20:00", agents = 50 }}').format()
        )
        return None
    one = tables.known(stated, above, ("from", "until", "agents"))
    from_s, until_s = tables.time_s(one, "from", above), tables.time_s(one, "until", above)
    return Shift(from_s, until_s, int(tables.number(one, "agents", above, 0, MOST_AGENTS, REQUIRED, whole=True)))


def _cover_the_day(shifts: Sequence[Shift]) -> bool:
    if (
        not shifts
        or shifts[0].from_s != 0
        or shifts[-1].until_s != DAY_S
        or any(one.until_s <= one.from_s for one in shifts)
    ):
        return False
    return all(before.until_s == after.from_s for before, after in pairwise(shifts)) and any(
        one.agents for one in shifts
    )


def _clock(second: int) -> str:
    return f"{second // 3600:02}:{second % 3600 // 60:02}"
