"""`dialtest surge verify`: theory, simulation and load on the sandbox's hotline, side by side."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path

import click

from dialtest.commands.screen import json_option, progress, say, tell
from dialtest.language import _
from load.commands import words
from load.commands.chart_option import chart_option, tell_of_chart
from load.commands.moments import MOMENT, between
from load.plan.reading import load_plan
from load.verify.verified import Row, Verified
from load.verify.verify import Stage, verify


@click.command("verify")
@click.argument("path", metavar="PLAN", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--from", "begins", metavar="MOMENT", type=MOMENT, help="Only arrivals from this moment on …")
@click.option("--until", "ends", metavar="MOMENT", type=MOMENT, help="… until this one.")
@click.option("--replications", type=click.IntRange(2, 100_000), default=200, show_default=True)
@click.option("--seed", type=click.IntRange(0, 2**63 - 1), help="Default: the plan's.")
@click.option("--speed", type=click.FloatRange(0.001, 10_000), default=60.0, show_default=True,
              help="Seconds of the plan per second of the load.")  # fmt: skip
@click.option("--jobs", type=click.IntRange(1, 64), default=1, show_default=True, help="Processes that simulate.")
@click.option("--without-load", is_flag=True, help="Theory against simulation only.")
@chart_option
@json_option
def verify_command(
    path: Path,
    begins: datetime | None,
    ends: datetime | None,
    replications: int,
    seed: int | None,
    speed: float,
    jobs: int,
    without_load: bool,
    chart: Path | None,
    as_json: bool,
) -> None:
    """Answer one plan three ways and say whether the answers agree; exit code 1 where they do not.

    Theory where it reaches, simulation, and Locust, which places the very same calls on a hotline of the
    sandbox that is started for it with the plan's agents, lines and emergency flow, in scaled time.

    \b
    Example:  dialtest surge verify plan.toml --speed 120
    """
    plan = between(load_plan(path), begins, ends)
    with progress(_("Verifying"), len(Stage)) as on_done:
        found = verify(plan, replications, plan.seed if seed is None else seed, jobs, None if without_load else speed,
                       lambda stage: on_done(stage.value))  # fmt: skip
    if chart:
        from load.charts.verification_chart import write_verification_chart  # drawing is slow to import

        write_verification_chart(found, chart)
    if as_json:
        click.echo(json.dumps(found.as_object(), ensure_ascii=False))
    else:
        _print(found)
        tell_of_chart(chart)
    raise SystemExit(0 if found.agrees else 1)


def _print(found: Verified) -> None:
    for name in dict.fromkeys(row.brand for row in found.rows):
        table = words.table(words.brand(name), _("theory"), _("simulation, 95%"), _("these calls"), _("load"),
                            _("verdict"))  # fmt: skip
        for row in found.rows:
            if row.brand == name:
                table.add_row(words.figure(row.figure), *_cells(row), _agreement(row))
        say(table)
    simulated = found.simulated
    counted = _("{count} replications, seed {seed}; “these calls”: the simulation of just the calls the load placed.")
    tell(counted.format(count=simulated.replications, seed=simulated.seed))
    if found.no_theory:
        tell(_("Theory has no answer: {reason}.").format(reason=found.no_theory))
    run = found.run
    if run is not None:
        counts = {"placed": run.placed, "due": run.due, "late": run.late, "speed": f"{run.speed:g}"}
        told = _("Load: {placed} of {due} calls placed, {late} late, {speed} times as fast as in earnest.")
        tell(told.format(**counts))
        if not (run.reached and run.heard):
            tell(_("The load was not put on as it should have been: its column proves nothing."))
    tell(_("The answers agree.") if found.agrees else _("The answers do not agree."))


def _cells(row: Row) -> tuple[str, ...]:
    wait = row.figure == "mean_wait_s"

    def said(value: float | None) -> str:
        if value is None:
            return "–"
        return _("{seconds} s").format(seconds=f"{value:.1f}") if wait else words.percent(value)

    half = (row.high - row.low) / 2
    simulated = f"{said(row.simulated)} ± {half if wait else 100 * half:.1f}"
    return said(row.theory), simulated, said(row.same_calls), said(row.measured)


def _agreement(row: Row) -> str:
    return _("differs") if False in (row.theory_agrees, row.load_agrees) else _("agrees")
