"""`dialtest audit subscriptions`: the subscriptions BOSS holds against those MISC holds."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.table import Table

from dialtest.audit.reconciliation import Reconciliation, reconcile, write_mismatches
from dialtest.audit.rejects import write_rejects
from dialtest.audit.workspace import open_workspace
from dialtest.commands.audit_result import (
    BAD_ROWS,
    FINDINGS_FILE,
    input_file,
    memory_option,
    policy_option,
    rejected_figures,
    result_folder,
    tell_rejected,
    watched,
    write_summary,
)
from dialtest.commands.screen import json_option, say, tell
from dialtest.language import _
from dialtest.policy.load import load_policy


@click.command()
@click.argument("boss_file", metavar="BOSS_FILE", type=input_file)
@click.argument("misc_file", metavar="MISC_FILE", type=input_file)
@policy_option
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("audit-subscriptions"),
              show_default=True, help="Folder for findings.csv, rejects.csv and summary.json.")  # fmt: skip
@click.option("--fail-on", type=click.Choice(("mismatch",)), help="Exit with 1 when anything is not the same.")
@memory_option
@json_option
def subscriptions(
    boss_file: Path, misc_file: Path, policy: str, out: Path, fail_on: str | None, memory: str, as_json: bool
) -> None:
    """Reconcile two exports of subscriptions, of BOSS and of MISC: only here, only there, different, out of step.

    CSV, Parquet or XLSX; docs/audit.md lists the columns and their Chinese headers. Exit code 2 when rows had to be
    left out.

    \b
    Example:  dialtest audit subscriptions boss.csv misc.parquet --out july
    """
    market = load_policy(policy)
    folder = result_folder(out, (boss_file, misc_file))
    with watched() as on_progress, open_workspace(memory, on_progress) as workspace:
        found = reconcile(workspace, market, boss_file, misc_file)
        rejects = write_rejects(workspace, folder)
        write_mismatches(workspace, folder / FINDINGS_FILE)
    figures = _figures(found) | rejected_figures(found.problems, rejects)
    write_summary(folder, figures)
    tell_rejected(found.problems, rejects)
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False))
    else:
        _print(found, folder)
    mismatches = found.only_boss + found.only_misc + found.differ + found.out_of_step
    raise SystemExit(BAD_ROWS if found.problems else int(bool(fail_on and mismatches)))


def _figures(found: Reconciliation) -> dict[str, object]:
    names = ("rows_boss", "rows_misc", "only_boss", "only_misc", "differ", "out_of_step", "out_of_step_s", "fields")
    figures: dict[str, object] = {name: getattr(found, name) for name in names}
    return figures | {"not_compared": list(found.not_compared), "identical": found.identical}


def _print(found: Reconciliation, folder: Path) -> None:
    table = Table(_("what"), _("subscriptions"))
    minutes = found.out_of_step_s // 60
    lines = {
        _("rows of BOSS"): found.rows_boss,
        _("rows of MISC"): found.rows_misc,
        _("only at BOSS"): found.only_boss,
        _("only at MISC"): found.only_misc,
        _("fields differ"): found.differ,
        _("out of step by more than {minutes} minutes").format(minutes=minutes): found.out_of_step,
    }
    for name, count in lines.items():
        table.add_row(name, f"{count:,}")
    say(table)
    if found.differ:
        fields = ", ".join(f"{name} {count:,}" for name, count in found.fields.items() if count)
        tell(_("Fields that differ: {fields}.").format(fields=fields))
    if found.not_compared:
        tell(
            _("Not compared, since one export has no such column: {fields}.").format(
                fields=", ".join(found.not_compared)
            )
        )
    if found.identical:
        tell(_("The two files are the same byte by byte; is each the export of its own system?"))
    tell(_("Findings: {path}").format(path=folder / FINDINGS_FILE))
