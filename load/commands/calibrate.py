"""`dialtest surge calibrate`: what real call records say of a plan's laws."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from dialtest.audit.rejects import REJECTS_FILE, write_rejects
from dialtest.audit.workspace import open_workspace
from dialtest.commands.audit_result import input_file, memory_option, policy_option, rejected_figures, watched
from dialtest.commands.screen import clean, json_option, progress, tell
from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.policy.load import load_policy
from dialtest.policy.policy import Policy
from dialtest.problem import Problems
from load.calibration.as_object import as_object
from load.calibration.calibration import STEPS, calibrate
from load.calibration.call_file import read_calls
from load.calibration.plan_tables import plan_tables
from load.calibration.redials import WITHIN_S
from load.calibration.sent_batches import SentBatch, batches_of_plan, local_s, read_batches
from load.commands.calibrate_tables import print_calibration
from load.plan.reading import load_plan


@click.command("calibrate")
@click.argument("calls", metavar="CALLS.csv", type=input_file)
@click.option("--batches", "batches_path", type=input_file, metavar="FILE",
              help="Which batches were sent when: number, brand, size, start, messages_per_s.")  # fmt: skip
@click.option("--plan", "plan_path", type=input_file, metavar="PLAN", help="The same from a plan.")
@click.option("--redial-within-s", type=click.FloatRange(1, 604_800), default=WITHIN_S, show_default=True,
              help="Who gave up and calls again within so many seconds redials.")  # fmt: skip
@policy_option
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("calibrate"), show_default=True,
              help="Folder for rejects.csv; made only where rows are left out.")  # fmt: skip
@click.option("--chart", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE.png",
              help="Draw patience: Kaplan and Meier's curve with the fitted laws.")  # fmt: skip
@click.option("--toml", "as_toml", is_flag=True, help="Print the plan's tables, ready to paste.")
@memory_option
@json_option
def calibrate_command(
    calls: Path,
    batches_path: Path | None,
    plan_path: Path | None,
    redial_within_s: float,
    policy: str,
    out: Path,
    chart: Path | None,
    as_toml: bool,
    memory: str,
    as_json: bool,
) -> None:
    """Learn call-back, handle time, patience and redials from call records (CSV, also .gz; Parquet; XLSX).

    Each figure with its 95 % interval and the records it rests on; calls that were cut off count as what they are.
    Rows that cannot be used are counted by cause, written to rejects.csv, and left out. docs/surge-calibration.md
    lists the columns.

    \b
    Example:  dialtest surge calibrate calls.csv
              dialtest surge calibrate calls.csv --plan plan.toml --toml > laws.toml
    """
    if as_toml and as_json:
        raise DialtestError(_("--toml and --json are two forms of the same."), _("Ask for one of them."))
    _refuse_overwriting(calls, (out / REJECTS_FILE, *([chart] if chart else [])))
    market = load_policy(policy)
    batches, per_h = _batches(batches_path, plan_path, market)
    with watched() as on_progress, open_workspace(memory, on_progress) as workspace:
        read = read_calls(workspace, market, calls)
        rejects = write_rejects(workspace, _folder(out)) if read.problems else None
    with progress(_("Working out the laws"), STEPS) as on_done:
        found = calibrate(read, batches, per_h, redial_within_s, on_done)
    _tell_rejected(read.problems, rejects)
    if chart:
        from load.calibration.chart import write_chart

        write_chart(found.patience, chart)
    if as_json:
        click.echo(json.dumps(as_object(found) | rejected_figures(read.problems, rejects), ensure_ascii=False))
    elif as_toml:
        click.echo(plan_tables(found), nl=False)
    else:
        print_calibration(found)
        if chart and chart.exists():
            tell(_("Chart: {path}").format(path=chart))


def _batches(
    batches_path: Path | None, plan_path: Path | None, market: Policy
) -> tuple[Sequence[SentBatch], Mapping[str, Sequence[float]]]:
    """The batches, and a plan's ordinary calls by hour of the day."""
    if batches_path and plan_path:
        raise DialtestError(_("Both --batches and --plan name batches."), _("Give one of them."))
    if batches_path:
        return read_batches(batches_path, market), {}
    if plan_path:
        plan = load_plan(plan_path)
        return batches_of_plan(plan, local_s(plan.begins, market)), plan.background_per_h
    return (), {}


def _folder(out: Path) -> Path:
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DialtestError(
            _("{path} cannot be made: {reason}.").format(path=out, reason=error.strerror),
            _("Give another folder with --out."),
        ) from None
    if not os.access(out, os.W_OK):
        raise DialtestError(
            _("{path} cannot be written: {reason}.").format(path=out, reason=os.strerror(13)),
            _("Choose another folder with --out."),
        )
    return out


def _refuse_overwriting(calls: Path, results: Sequence[Path]) -> None:
    for path in results:
        if path.resolve() == calls.resolve():
            raise DialtestError(
                _("{path} would be overwritten by the result.").format(path=path),
                _("Give another folder with --out, or another name for the chart."),
            )


def _tell_rejected(problems: Problems, rejects: Path | None) -> None:
    """The first hundred rejected rows, the counts by cause, and where the rest is, on stderr."""
    for line in problems.lines():
        click.echo(clean(line), err=True)
    if rejects is not None:
        told = _("Every row left out stands in {path}; the others were used.").format(path=rejects)
        click.echo(clean(told), err=True)
