"""`dialtest audit reminders`: whether every existing subscription was reminded of once, and rightly."""

from __future__ import annotations

import json
from pathlib import Path

import click
import msgspec
from rich.table import Table

from dialtest.audit.rejects import write_rejects
from dialtest.audit.reminders import BREACHES, RemindersAudit, audit_reminders, write_reminder_findings
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
from dialtest.commands.screen import clean, json_option, say, tell
from dialtest.language import _
from dialtest.policy.load import load_policy


@click.command()
@click.argument("subscriptions", metavar="SUBSCRIPTIONS", type=input_file)
@click.argument("send_log", metavar="SEND_LOG", type=input_file)
@policy_option
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("audit-reminders"),
              show_default=True, help="Folder for findings.csv, rejects.csv and summary.json.")  # fmt: skip
@click.option("--fail-on", type=click.Choice(("breach", *BREACHES)),
              help="Exit with 1 when a subscription has any breach, or this one.")  # fmt: skip
@memory_option
@json_option
def reminders(
    subscriptions: Path, send_log: Path, policy: str, out: Path, fail_on: str | None, memory: str, as_json: bool
) -> None:
    """Audit the 25 batches (T8): every existing subscription reminded of exactly once, rightly and completely.

    Exit code 2 when rows had to be left out. docs/existing-subscriptions.md lists the columns.

    \b
    Example:  dialtest audit reminders subscribers.csv sent.csv --out batches
    """
    market = load_policy(policy)
    folder = result_folder(out, (subscriptions, send_log))
    with watched() as on_progress, open_workspace(memory, on_progress) as workspace:
        found = audit_reminders(workspace, market, subscriptions, send_log)
        rejects = write_rejects(workspace, folder)
        write_reminder_findings(workspace, folder / FINDINGS_FILE)
    names = ("rows", "messages", "untested", "due", "texts", "by_breach", "batches")
    figures = {name: msgspec.to_builtins(getattr(found, name)) for name in names}
    figures |= rejected_figures(found.problems, rejects)
    write_summary(folder, figures)
    tell_rejected(found.problems, rejects)
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False))
    else:
        _print(found, folder)
    failed = sum(found.by_breach.values()) if fail_on == "breach" else found.by_breach.get(fail_on or "", 0)
    raise SystemExit(BAD_ROWS if found.problems else int(failed > 0))


def _print(found: RemindersAudit, folder: Path) -> None:
    words = breach_words()
    if found.first:
        table = Table(_("number"), _("service"), _("batch"), _("breach"), _("found"))
        for one in found.first:
            service = f"{one.provider_code}/{one.service_code}".strip("/")
            table.add_row(*map(clean, (one.msisdn, service, str(one.batch), words[one.breach], one.found[:60])))
        say(table)
    counts = Table(_("breach"), _("clauses"), _("subscriptions"))
    for breach, count in found.by_breach.items():
        counts.add_row(words[breach], CLAUSES[breach], f"{count:,}")
    say(counts)
    told = _("{due} subscriptions were due in {batches} batches; {texts} texts in {messages} messages were sent.")
    tell(
        told.format(
            due=f"{found.due:,}", batches=len(found.batches), texts=f"{found.texts:,}", messages=f"{found.messages:,}"
        )
    )
    if found.untested:
        tell(
            _("{count} numbers were not judged: rows of theirs could not be read.").format(count=f"{found.untested:,}")
        )
    tell(_("Findings: {path}").format(path=folder / FINDINGS_FILE))


CLAUSES = {
    "missing": "T8", "twice": "T8", "outside_window": "T8", "wrong_batch": "T8", "wrong_port": "T6",
    "wrong_tariff": "T7 T9", "incomplete": "T7 T9", "not_held": "T8",
}  # fmt: skip


def breach_words() -> dict[str, str]:
    """What is wrong, in the user's language."""
    return {
        "missing": _("not reminded of"),
        "twice": _("reminded of more than once"),
        "outside_window": _("not on the days of its batch"),
        "wrong_batch": _("in another batch"),
        "wrong_port": _("from a wrong port"),
        "wrong_tariff": _("with another tariff than filed"),
        "incomplete": _("a part or a way out missing"),
        "not_held": _("reminded of what is not held"),
    }
