"""`dialtest surge staff`: agents by brand and quarter hour that hold the standard; lines and menu ports too."""

from __future__ import annotations

import csv
import json
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import click
import numpy as np

from dialtest.commands.screen import clean, json_option, progress, say, tell
from dialtest.errors import DialtestError
from dialtest.language import _
from load.commands import words
from load.commands.chart_option import chart_option, tell_of_chart
from load.plan.planned import only_planned
from load.plan.reading import load_plan
from load.staffing.exchange_size import ExchangeSize, Size, exchange_size
from load.staffing.needs import needs_of
from load.staffing.offered import QUARTER_S
from load.staffing.roster import PER_DAY, Counts
from load.staffing.shifts import agents_now, as_toml
from load.staffing.staffing import MOST_ROUNDS, Staffed, Staffing, staffing
from load.theory.goal import ServiceLevel

REPLICATIONS = 20
SHORT = 1
MOST_ROWS = 200
QUARTER_H = QUARTER_S / 3600


@click.command("staff")
@click.argument("path", metavar="PLAN", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--within", "within_s", type=click.FloatRange(0, 3600), metavar="SECONDS",
              help="Hold a service level instead of the standard: calls answered within so many seconds.")  # fmt: skip
@click.option("--target", type=click.FloatRange(0.01, 0.999), default=0.8, show_default=True,
              help="With --within: the share of calls.")  # fmt: skip
@click.option("--loss", type=click.FloatRange(0.0001, 0.5), default=0.01, show_default=True,
              help="Lines and menu ports are sized so that so many callers at most find none free.")  # fmt: skip
@click.option(
    "--shift-h", type=click.IntRange(1, 24), default=2, show_default=True, help="Length of shifts for --toml."
)
@click.option("--replications", type=click.IntRange(0, 10_000), default=REPLICATIONS, show_default=True,
              help="Simulated replications that check the agents; 0: theory alone.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="Another seed than the plan's.")
@click.option("--fail", is_flag=True, help="Exit with 1 where the plan's own agents are too few.")
@click.option("--csv", "csv_path", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False),
              help="Write every brand and quarter hour to FILE.")  # fmt: skip
@click.option("--toml", "toml", is_flag=True, help="Print an [agents] table to paste into the plan.")
@chart_option
@json_option
def staff_command(
    path: Path, within_s: float | None, target: float, loss: float, shift_h: int, replications: int, seed: int | None,
    fail: bool, csv_path: Path | None, toml: bool, chart: Path | None, as_json: bool,
) -> None:  # fmt: skip
    """Tell how many agents each brand needs in each quarter hour to hold its standard; lines and menu ports too.

    By theory (Erlang A at the time-varying offered load), then by simulation: agents are added where the same callers
    still miss the standard. With and without the emergency flow, and what one queue for all brands would save.

    \b
    Example:  dialtest surge staff plan.toml
              dialtest surge staff plan.toml --within 20 --target 0.8 --toml
    """
    plan, _unplanned = only_planned(load_plan(path))
    seed = plan.seed if seed is None else seed
    goal = None if within_s is None else ServiceLevel(target, within_s)
    with progress(_("Checking by simulation"), 2 * MOST_ROUNDS * max(replications, 1)) as bar:
        done = count(1)
        found = staffing(plan, replications, seed, goal, lambda _done: bar(next(done)))
    size = exchange_size(found, needs_of(plan, goal), loss)
    lacks = {brand: np.maximum(roster - agents_now(found.plan, brand, len(roster)), 0)
             for brand, roster in found.without.roster.agents.items()}  # fmt: skip
    if csv_path:
        _write_csv(found, csv_path)
    if chart:
        from load.charts.staffing_chart import write_staffing_chart  # drawing is slow to import

        write_staffing_chart(found, chart)
    if toml:
        click.echo(as_toml(found.plan, found.without.roster, shift_h), nl=False)
    elif as_json:
        click.echo(json.dumps(as_object(found, size, lacks, seed, replications, within_s), ensure_ascii=False))
    else:
        _print(found, size, lacks, replications, csv_path)
        tell_of_chart(chart)
    if fail and any(lack.any() for lack in lacks.values()):
        sys.exit(SHORT)


def as_object(
    found: Staffing, size: ExchangeSize, lacks: dict[str, Counts], seed: int, replications: int, within_s: float | None
) -> dict[str, object]:
    """The staffing as one JSON object; series have one figure for each quarter hour since `begins`."""
    plan = found.plan
    return {
        "plan": plan.name,
        "digest": plan.digest,
        "seed": seed,
        "replications": replications,
        "measure": "connection_rate_by_attempts" if within_s is None else "service_level",
        "within_s": within_s,
        "begins": plan.moment(0).isoformat(),
        "step_s": QUARTER_S,
        "brands": {
            brand: {
                "target": found.targets[brand],
                "erlangs": [round(float(one), 3) for one in found.erlangs[brand]],
                "agents_now": agents_now(plan, brand, len(lacks[brand])).tolist(),
                "most_short": int(lacks[brand].max(initial=0)),
                **_staffed_object(found, found.without, brand),
                "with_flow": _staffed_object(found, found.with_flow, brand) if found.with_flow else None,
            }
            for brand in plan.brands
        },
        "pooled": {
            "agents": found.pooled.tolist(),
            "peak_agents": int(found.pooled.max(initial=0)),
            "agent_hours": _hours(found.pooled),
            "agent_hours_saved": _hours(_all_agents(found.without, theory=True)) - _hours(found.pooled),
        },
        "lines": _size_object(size.lines),
        "menu_ports": _size_object(size.menu_ports) if size.menu_ports else None,
    }


def _staffed_object(found: Staffing, staffed: Staffed, brand: str) -> dict[str, object]:
    agents, place = staffed.roster.agents[brand], found.plan.brands.index(brand)
    told: dict[str, object] = {
        "agents_by_theory": staffed.theory.agents[brand].tolist(),
        "agents": agents.tolist(),
        "peak_agents": int(agents.max(initial=0)),
        "peak_at": found.plan.moment(int(np.argmax(agents)) * QUARTER_S).isoformat(),
        "agent_hours": _hours(agents),
        "rounds": staffed.rounds,
        "below": [found.plan.moment(at * QUARTER_S).isoformat() for one, at in staffed.missed if one == brand],
    }
    if staffed.measured:
        rates, whole = staffed.measured.by_quarter, staffed.measured.by_brand
        told["simulated"] = {
            "rate": _mean(whole.rate[place], whole.low[place], whole.high[place]),
            "by_quarter": [_mean(*three) for three in zip(rates.rate[place], rates.low[place], rates.high[place],
                                                          strict=True)],
        }  # fmt: skip
    return told


def _mean(mean: float, low: float, high: float) -> dict[str, float | None]:
    return {key: None if value != value else round(float(value), 5)
            for key, value in (("mean", mean), ("low", low), ("high", high))}  # fmt: skip


def _size_object(size: Size) -> dict[str, object]:
    return {"erlangs": size.erlangs, "needed": size.needed, "simulated_most": size.simulated}


def _hours(agents: Counts) -> float:
    return float(agents.sum()) * QUARTER_H


def _all_agents(staffed: Staffed, theory: bool = False) -> Counts:
    rosters = (staffed.theory if theory else staffed.roster).agents
    return np.asarray(np.sum(list(rosters.values()), axis=0), dtype=np.int64)


def _write_csv(found: Staffing, path: Path) -> None:
    try:
        with path.open("w", newline="", encoding="utf-8") as file:
            writer = csv.writer(file)
            writer.writerow(
                ("begins", "brand", "erlangs", "agents_by_theory", "agents", "agents_with_flow", "agents_now")
            )
            writer.writerows(_csv_rows(found))
    except OSError as error:
        problem = _("{path} cannot be written: {reason}.").format(path=path, reason=error.strerror)
        raise DialtestError(problem, _("Name another file.")) from None


def _csv_rows(found: Staffing) -> Iterator[tuple[object, ...]]:
    for brand in found.plan.brands:
        now = agents_now(found.plan, brand, len(found.erlangs[brand]))
        for at, erlangs in enumerate(found.erlangs[brand]):
            flow = found.with_flow.roster.agents[brand][at] if found.with_flow else ""
            theory, agents = found.without.theory.agents[brand][at], found.without.roster.agents[brand][at]
            when = found.plan.moment(at * QUARTER_S).isoformat()
            yield (when, brand, f"{erlangs:.3f}", theory, agents, flow, now[at])


def _print(
    found: Staffing, size: ExchangeSize, lacks: dict[str, Counts], replications: int, csv_path: Path | None
) -> None:
    _print_quarters(found)
    _print_brands(found, lacks)
    _tell_pooling(found)
    tell(_size_words(_("Lines"), size.lines))
    if size.menu_ports:
        tell(_size_words(_("Menu ports"), size.menu_ports))
    if not replications:
        tell(_("By theory alone; --replications checks it by simulation."))
    for staffed in (found.without, found.with_flow):
        if staffed and staffed.missed:
            text = _("After {rounds} rounds {count} quarter hours are still below in simulation; --json names them.")
            tell(text.format(rounds=staffed.rounds, count=len(staffed.missed)))
    if csv_path:
        tell(_("Every quarter hour is in {path}.").format(path=csv_path))


def _print_brands(found: Staffing, lacks: dict[str, Counts]) -> None:
    table = words.table(_("brand"), _("peak"), _("erlangs"), _("theory"), _("agents"), _("flow"), _("hours"),
                        _("short"))  # fmt: skip
    for brand in found.plan.brands:
        agents, load = found.without.roster.agents[brand], found.erlangs[brand]
        flow = str(found.with_flow.roster.agents[brand].max(initial=0)) if found.with_flow else "–"
        table.add_row(
            clean(words.brand(brand)), f"{found.plan.moment(int(np.argmax(agents)) * QUARTER_S):%m-%d %H:%M}",
            f"{load.max(initial=0):,.1f}",
            str(found.without.theory.agents[brand].max(initial=0)), str(agents.max(initial=0)), flow,
            f"{_hours(agents):,.0f}", str(lacks[brand].max(initial=0)),
        )  # fmt: skip
    say(table)
    tell(_("flow: agents with the emergency flow; hours: agent-hours without it; short: most agents the plan lacks."))


def _print_quarters(found: Staffing) -> None:
    """By quarter hour; where these are too many, the most of each day."""
    plan, brands = found.plan, found.plan.brands
    quarters = len(found.pooled)
    rows = list(range(quarters))
    if quarters > MOST_ROWS:
        first = (-(plan.clock_begins_s // QUARTER_S)) % PER_DAY or PER_DAY
        rows = [0, *range(first, quarters, PER_DAY)][:MOST_ROWS]
    table = words.table(_("from"), "", *map(words.brand, brands))
    rosters = [found.without, *((found.with_flow,) if found.with_flow else ())]
    for begin, end in zip(rows, [*rows[1:], quarters], strict=True):
        cells = []
        for brand in brands:
            most = "".join(f"{one.roster.agents[brand][begin:end].max():6}" for one in rosters)
            cells.append(f"{found.erlangs[brand][begin:end].max():,.1f}{most}")
        when = plan.moment(begin * QUARTER_S)
        table.add_row(f"{when:%Y-%m-%d}" if quarters > MOST_ROWS else f"{when:%m-%d %H:%M}", "", *cells)
    say(table)
    with_flow = _("For each brand: erlangs of its callers; agents; agents with the emergency flow.")
    tell(with_flow if found.with_flow else _("For each brand: erlangs of its callers; agents."))


def _tell_pooling(found: Staffing) -> None:
    if len(found.plan.brands) < 2:
        return
    apart = _all_agents(found.without, theory=True)
    text = _(
        "One queue for all brands at the strictest standard, by theory: {pooled} agents at the peak instead of "
        "{apart}, {hours} agent-hours instead of {apart_hours}."
    )
    peaks = {"pooled": found.pooled.max(initial=0), "apart": apart.max(initial=0)}
    tell(text.format(**peaks, hours=f"{_hours(found.pooled):,.0f}", apart_hours=f"{_hours(apart):,.0f}"))


def _size_words(what: str, size: Size) -> str:
    text = _("{what}: {needed} by Erlang B at {erlangs} erlangs")
    if size.simulated is not None:
        text = _("{what}: {needed} by Erlang B at {erlangs} erlangs; in simulation at most {most} were taken at once")
    return text.format(what=what, needed=size.needed, erlangs=f"{size.erlangs:,.1f}", most=size.simulated)
