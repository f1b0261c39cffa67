"""`dialtest surge schedule`: when the batches should go out, or why no timetable fits."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import replace
from itertools import count
from pathlib import Path

import click

from dialtest.commands.screen import clean, json_option, progress, say, tell
from dialtest.errors import DialtestError
from dialtest.language import _
from load.commands import words
from load.commands.chart_option import chart_option, tell_of_chart
from load.plan.new_plan import write_new
from load.plan.reading import load_plan
from load.plan.rewriting import with_starts
from load.plan.surge_plan import SurgePlan
from load.staffing.needs import needs_of
from load.timetable.desks import Wishes
from load.timetable.search import Lacking, Short
from load.timetable.timetable import MOST_ROUNDS, Row, Timetable, desks_of, propose, searched

REPLICATIONS = 20
NOT_FITTING = 1
MOST_SHOWN = 10


@click.command("schedule")
@click.argument("path", metavar="PLAN", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--all", "every", is_flag=True, help="Also place batches of existing subscribers that have a start.")
@click.option("--rates", metavar="R,R,…", help="Messages a second to choose from where a batch says 0 (0: at once).")
@click.option("--any-rate", "open_rates", is_flag=True, help="Choose the rate of every batch, whatever it says.")
@click.option("--any-order", is_flag=True, help="Batches of a brand need not go out in the order of their numbers.")
@click.option("--overlap", is_flag=True, help="Two batches of a brand may be sent at the same time.")
@click.option("--more", type=click.IntRange(1, 10_000), default=10, show_default=True,
              help="Tell how much earlier so many more agents a brand would finish.")  # fmt: skip
@click.option("--replications", type=click.IntRange(0, 10_000), default=REPLICATIONS, show_default=True,
              help="Simulated replications that check the timetable; 0: theory alone.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="Another seed than the plan's.")
@click.option("--limit-s", type=click.FloatRange(0.1, 3600), default=10.0, show_default=True,
              help="How long the solver may take for one search.")  # fmt: skip
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), help="Write the plan with its starts to FILE.")
@click.option("--toml", "as_toml", is_flag=True, help="Print the plan with its starts instead of words.")
@chart_option
@json_option
def schedule_command(
    path: Path, every: bool, rates: str | None, open_rates: bool, any_order: bool, overlap: bool, more: int,
    replications: int, seed: int | None, limit_s: float, out: Path | None, as_toml: bool,
    chart: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Propose when the batches without a start go out: as early as the standard holds with the agents there are.

    Each quarter hour must hold the brand's standard by theory and in simulation, without the emergency flow. Batches of
    a brand keep their order, one at a time, none in the quiet hours. Where nothing fits: which brand, which day, how
    many agents short; the exit code is then 1.

    \b
    Example:  dialtest surge schedule plan.toml --all
              dialtest surge schedule plan.toml --all --any-rate --out timetable.toml
    """
    plan = load_plan(path)
    wishes = Wishes(every, _rates(rates), open_rates, not any_order, overlap, limit_s=limit_s)
    seed = plan.seed if seed is None else seed
    with progress(_("Checking by simulation"), MOST_ROUNDS * max(replications, 1)) as bar:
        done = count(1)
        table = propose(plan, needs_of(plan), wishes, replications, seed, lambda _done: bar(next(done)))
    if chart:
        from load.charts.timetable_chart import write_timetable_chart  # drawing is slow to import

        write_timetable_chart(table, chart)
    if out and table.plan:
        write_new(_rewritten(path, table), out)
    if as_toml and table.plan:
        click.echo(_rewritten(path, table), nl=False)
    else:
        earlier = _earlier(plan, wishes, table, more)
        if as_json:
            click.echo(json.dumps(as_object(table, seed, replications, earlier), ensure_ascii=False, indent=1))
        else:
            _print(table, replications, earlier, out)
            tell_of_chart(chart)
    if table.lacking:
        sys.exit(NOT_FITTING)


def _rates(text: str | None) -> tuple[float, ...]:
    try:
        found = tuple(float(one) for one in text.split(",")) if text else ()
    except ValueError:
        found = (-1.0,)
    if not all(0 <= rate <= 1_000_000 for rate in found):
        raise DialtestError(
            _("--rates {text} is no list of messages a second.").format(text=clean(text or "")),
            _("Write it like 0.5,1,2; 0 sends all at once."),
        )
    return found


def _rewritten(path: Path, table: Timetable) -> str:
    return with_starts(path.read_text(encoding="utf-8-sig"), str(path), [row.batch for row in table.rows])


def _earlier(plan: SurgePlan, wishes: Wishes, table: Timetable, more: int) -> Timetable | None:
    """What so many agents more would make of it, by theory."""
    if table.plan is None:
        return None
    needs = needs_of(plan)
    return searched(desks_of(plan, needs, replace(wishes, more=more)), table.tightness)


def as_object(table: Timetable, seed: int, replications: int, earlier: Timetable | None) -> dict[str, object]:
    """The timetable as one JSON object; `quarters`: erlangs by brand for each quarter hour since `begins`."""
    grid = table.grid
    return {
        "plan": grid.plan.name,
        "digest": grid.plan.digest,
        "seed": seed,
        "replications": replications,
        "fits": table.plan is not None,
        "sent": table.sent.isoformat() if table.plan and table.sent else None,
        "earliest_proved": table.proved if table.plan else None,
        "rounds": table.rounds,
        "reserve": {brand: 1 - tight for brand, tight in table.tightness.items()},
        "batches": [_row_object(row) for row in table.rows],
        "lacking": [_lacking_object(table, one) for one in table.lacking],
        "below_standard_anyway": [_short_object(table, short) for short in table.before],
        "missed_in_simulation": [
            {"brand": one.brand, "begins": one.begins.isoformat(), "connection_rate": one.rate,
             "standard": one.standard, "batch_calls": one.placed}
            for one in table.misses
        ],
        "with_more_agents": _earlier_object(table, earlier),
        "quarters": {
            "begins": grid.moment(0).isoformat(),
            "step_s": 900,
            "load": {brand: [round(float(one), 3) for one in load] for brand, load in table.load.items()},
            "capacity": {brand: [round(float(one), 3) for one in most] for brand, most in table.capacity.items()},
        },
    }  # fmt: skip


def _row_object(row: Row) -> dict[str, object]:
    found: dict[str, object] = {
        "number": row.batch.number,
        "brand": row.batch.brand,
        "size": row.batch.size,
        "messages_per_s": row.batch.messages_per_s,
        "start": row.begins.isoformat(),
        "sent": row.sent.isoformat(),
        "callers": row.callers,
        "predicted_connection_rate": row.predicted,
    }
    if row.simulated:
        found["simulated_connection_rate"] = dict(zip(("mean", "low", "high"), row.simulated, strict=True))
    return found


def _lacking_object(table: Timetable, one: Lacking) -> dict[str, object]:
    return {
        "brands": list(one.brands),
        "first_batch": one.first,
        "more_agents": one.more,
        "least_proved": one.proved,
        "days": [_short_object(table, short) for short in one.shorts],
    }


def _short_object(table: Timetable, short: Short) -> dict[str, object]:
    when = table.grid.moment(short.quarter)
    return {"brand": short.brand, "day": f"{when:%Y-%m-%d}", "agents": short.agents, "at": when.isoformat()}


def _earlier_object(table: Timetable, earlier: Timetable | None) -> dict[str, object] | None:
    if earlier is None or earlier.sent is None or table.sent is None:
        return None
    return {
        "more_agents": earlier.more,
        "sent": earlier.sent.isoformat(),
        "hours_earlier": (table.sent - earlier.sent).total_seconds() / 3600,
    }


def _print(table: Timetable, replications: int, earlier: Timetable | None, out: Path | None) -> None:
    _print_rows(table)
    for one in table.lacking:
        _tell_lacking(table, one)
    _tell_shorts(table, table.before, _("Below the standard even without these batches:"))
    if table.plan is None or table.sent is None:
        if out:
            tell(_("{path} is not written.").format(path=out))
        return
    proved = (
        _("By theory none ends earlier.")
        if table.proved
        else _("Whether one ends earlier was not settled in this time.")
    )
    tell(_("The last batch is sent by {when}. {proved}").format(when=words.moment(table.sent), proved=proved))
    for brand, tight in table.tightness.items():
        text = _("{brand}: {share} of the capacity is kept as a reserve, which simulation asked for.")
        tell(text.format(brand=clean(words.brand(brand)), share=words.percent(1 - tight)))
    _tell_misses(table, replications)
    if earlier is not None and earlier.sent is not None:
        hours = (table.sent - earlier.sent).total_seconds() / 3600
        text = _("With {more} agents more at each brand: {when}, {hours} h earlier.")
        tell(text.format(more=earlier.more, when=words.moment(earlier.sent), hours=f"{hours:,.1f}"))
    if table.grid.plan.quiet is None:
        tell(_("The plan has no [quiet] hours, so batches may go out at night."))
    if out:
        tell(_("{path} is written. Now: dialtest surge simulate {path}").format(path=out))


def _print_rows(table: Timetable) -> None:
    shown = words.table(_("batch"), _("sent"), _("brand"), _("per s"), _("callers"), _("theory"), _("simulated"))
    for row in sorted(table.rows, key=lambda row: (row.begins, row.batch.number)):
        simulated = words.percent(row.simulated[0]) if row.simulated else ""
        rate = f"{row.batch.messages_per_s:g}" if row.batch.messages_per_s else _("at once")
        when, brand = words.span(row.begins, row.sent), clean(words.brand(row.batch.brand))
        shown.add_row(str(row.batch.number), when, brand, rate,
                      f"{row.callers:,.0f}", words.percent(row.predicted), simulated)  # fmt: skip
    if table.rows:
        say(shown)


def _tell_lacking(table: Timetable, one: Lacking) -> None:
    brands = ", ".join(clean(words.brand(brand)) for brand in one.brands)
    tell(_("No timetable fits for {brands}; batch {number} finds no place.").format(brands=brands, number=one.first))
    if one.more is None:
        tell(_("Whatever the agents, the window has too few hours to send in: raise the rate or widen the window."))
        return
    least = _("with fewer none") if one.proved else _("whether fewer would do was not settled in this time")
    tell(_("With {more} agents more one fits, {least}.").format(more=one.more, least=least))
    _tell_shorts(table, one.shorts, _("They are short on:"))
    if any(batch.messages_per_s for brand in one.brands for batch in table.batches.get(brand, ())):
        tell(_("Or let the rate be chosen: --any-rate."))


def _tell_shorts(table: Timetable, shorts: Sequence[Short], title: str) -> None:
    if not shorts:
        return
    tell(title)
    for short in shorts[:MOST_SHOWN]:
        text = _("  {brand}, {day}: {agents} agents short, at {time}")
        when = table.grid.moment(short.quarter)
        tell(text.format(brand=clean(words.brand(short.brand)), day=f"{when:%Y-%m-%d}", agents=short.agents,
                         time=f"{when:%H:%M}"))  # fmt: skip
    if len(shorts) > MOST_SHOWN:
        tell(_("… and {count} more; --json shows all.").format(count=len(shorts) - MOST_SHOWN))


def _tell_misses(table: Timetable, replications: int) -> None:
    if not replications:
        tell(_("By theory alone; --replications checks it by simulation."))
        return
    ours = [miss for miss in table.misses if miss.placed]
    if not ours:
        tell(_("In {count} simulated replications every quarter hour of these batches holds the standard.").format(
            count=replications))  # fmt: skip
        return
    worst = min(ours, key=lambda miss: miss.rate - miss.standard)
    text = _("Simulated, {count} quarter hours stay below the standard; the worst is {brand} at {when}: {rate}.")
    tell(text.format(count=len(ours), brand=clean(words.brand(worst.brand)), when=words.moment(worst.begins),
                     rate=words.percent(worst.rate)))  # fmt: skip
