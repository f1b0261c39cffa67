"""`dialtest surge simulate`: a plan's hotline played many times over."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.table import Table

from dialtest.commands.screen import clean, json_option, progress, say, tell
from dialtest.errors import DialtestError
from dialtest.language import _
from load.commands import words
from load.commands.chart_option import chart_option, tell_of_chart
from load.plan.planned import only_planned
from load.plan.reading import load_plan
from load.plan.surge_plan import SurgePlan
from load.simulation.compared import Difference, compared
from load.simulation.estimate import Estimate
from load.simulation.simulate import simulate, usual_replications
from load.simulation.simulated import Simulated, SimulatedBrand


@click.command("simulate")
@click.argument("path", metavar="PLAN", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--replications", type=click.IntRange(1, 100_000), help="Default: 100, fewer for huge plans.")
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="Default: the plan's.")
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes; same result.")
@click.option("--compare", "other_path", metavar="OTHER", type=click.Path(path_type=Path, dir_okay=False),
              help="Play another plan with the same callers, and tell the difference.")  # fmt: skip
@chart_option
@json_option
def simulate_command(
    path: Path,
    replications: int | None,
    seed: int | None,
    jobs: int,
    other_path: Path | None,
    chart: Path | None,
    as_json: bool,
) -> None:
    """Play the hotline of a plan many times, and tell the connection rate of each brand with its 95 % interval.

    Calls, redials, agents by shift and pool, patience, lines, emergency flow and calls back, second by second. The same
    seed gives the same calls, whatever the number of processes.

    \b
    Example:  dialtest surge simulate plan.toml --replications 200 --jobs 2
              dialtest surge simulate plan.toml --compare plan-with-more-agents.toml
    """
    plan, unplanned = only_planned(load_plan(path))
    count = usual_replications(plan)
    if replications is not None:
        count = replications
    seed = plan.seed if seed is None else seed
    other = only_planned(load_plan(other_path))[0] if other_path else None
    if other:
        usual_replications(other)
        _refuse_nothing_in_common(plan, other)
    found = _simulated(plan, count, seed, jobs)
    theirs = _simulated(other, count, seed, jobs) if other else None
    if chart:
        from load.charts.simulation_chart import write_simulation_chart  # drawing is slow to import

        write_simulation_chart(plan, found, chart)
    if as_json:
        click.echo(json.dumps(as_object(found, unplanned, theirs), ensure_ascii=False))
        return
    _print(found)
    tell_of_chart(chart)
    if unplanned:
        numbers = ", ".join(map(str, unplanned))
        tell(_("Batches without a start, which bring no calls here: {numbers}.").format(numbers=numbers))
    if theirs:
        tell(_("“{other}” less “{plan}”, the same callers:").format(other=clean(theirs.plan), plan=clean(found.plan)))
        _print_differences(compared(found, theirs))


def as_object(found: Simulated, unplanned: tuple[int, ...] = (), theirs: Simulated | None = None) -> dict[str, object]:
    """The simulation as one JSON object; with a second plan, that and the paired differences beside it."""
    told = found.as_object() | {"unplanned_batches": list(unplanned)}
    if theirs:
        differences = {one.brand: one.as_object() for one in compared(found, theirs)}
        told["compared"] = theirs.as_object() | {"difference": differences}
    return told


def _simulated(plan: SurgePlan, replications: int, seed: int, jobs: int) -> Simulated:
    with progress(_("Simulating {plan}").format(plan=clean(plan.name)), replications) as on_done:
        return simulate(plan, replications, seed, jobs, on_done)


def _refuse_nothing_in_common(plan: SurgePlan, other: SurgePlan) -> None:
    if not set(plan.brands) & set(other.brands):
        raise DialtestError(
            _("The plans have no brand in common: {ours}; {theirs}.").format(
                ours=", ".join(plan.brands), theirs=", ".join(other.brands)
            ),
            _("Compare two versions of one plan."),
        )


def _print(found: Simulated) -> None:
    names = [words.brand(one.brand) for one in found.brands]
    table = _table(_("mean of one replication"), *names)
    for label, figures in (
        (_("callers"), [_count(one, "callers") for one in found.brands]),
        (_("attempts"), [_count(one, "attempts") for one in found.brands]),
        (_("answered"), [_count(one, "answered") for one in found.brands]),
        (_("given up"), [_count(one, "abandoned") for one in found.brands]),
        (_("lines busy"), [_count(one, "busy") for one in found.brands]),
        (_("took the self-service"), [_count(one, "diverted") for one in found.brands]),
        (_("recorded"), [_count(one, "recorded") for one in found.brands]),
        (_("called back"), [_count(one, "called_back") for one in found.brands]),
        (_("connection rate by attempts"), [_rate(one.connection_rate_by_attempts) for one in found.brands]),
        (_("connection rate by callers"), [_rate(one.connection_rate_by_callers) for one in found.brands]),
        (_("connected within 15 s"), [_rate(one.connection_rate_within) for one in found.brands]),
        (_("mean wait"), [_seconds(one.mean_wait_s) for one in found.brands]),
        (_("90 % wait at most"), [_seconds(one.wait_p90_s) for one in found.brands]),
    ):
        table.add_row(label, *figures)
    say(table)
    for one in found.brands:
        tell(_verdict(one))
    tell(
        _("{replications} replications, seed {seed}; {rate} calls a second.").format(
            replications=found.replications, seed=found.seed, rate=f"{found.calls_per_second:,.0f}"
        )
    )


def _table(*columns: str) -> Table:
    """All columns but the first hold figures."""
    table = words.table(*columns)
    table.columns[1].justify = "right"
    return table


def _count(one: SimulatedBrand, name: str) -> str:
    return f"{one.mean(name):,.0f}"


def _rate(found: Estimate, sign: str = "") -> str:
    return _with_interval(f"{100 * found.mean:{sign}.1f} %", found, 100, 1, sign)


def _seconds(found: Estimate, sign: str = "") -> str:
    digits = 1 if abs(found.mean) < 100 else 0
    return _with_interval(f"{found.mean:{sign}.{digits}f} s", found, 1, digits, sign)


def _with_interval(mean: str, found: Estimate, scale: float, digits: int, sign: str) -> str:
    if not found.has_interval:
        return mean
    low, high = (f"{scale * value:{sign}.{digits}f}" for value in (found.low, found.high))
    return f"{mean} ({low}…{high})" if sign else f"{mean} ({low}–{high})"


def _verdict(one: SimulatedBrand) -> str:
    texts = {
        "held": _("{brand}: the standard of {standard} is held."),
        "not held": _("{brand}: the standard of {standard} is not held."),
        "uncertain": _("{brand}: whether the standard of {standard} is held is uncertain; replicate more."),
    }
    return texts[one.held].format(brand=clean(words.brand(one.brand)), standard=words.percent(one.standard))


def _print_differences(found: tuple[Difference, ...]) -> None:
    table = _table("", *(words.brand(one.brand) for one in found))
    for name, label in (
        ("connection_rate_by_attempts", _("connection rate by attempts")),
        ("connection_rate_by_callers", _("connection rate by callers")),
    ):
        table.add_row(label, *(_rate(one.figures[name], "+") for one in found))
    table.add_row(_("mean wait"), *(_seconds(one.figures["mean_wait_s"], "+") for one in found))
    say(table)
