"""`dialtest judge`: judges the recorded evidence, again if wanted."""

from __future__ import annotations

import json
from pathlib import Path

import click

from dialtest.campaign.judging import findings, judge_journal
from dialtest.commands.run import case_counts
from dialtest.commands.screen import folder_argument, json_option, progress, tell
from dialtest.evidence.store import open_journal
from dialtest.folder.campaign import open_campaign
from dialtest.language import _
from dialtest.model.finding import SEVERITIES, Finding
from dialtest.rules.registry import all_rules

fail_on_option = click.option(
    "--fail-on", type=click.Choice(SEVERITIES), help="Exit with 1 when there is a finding at least this severe."
)


@click.command()
@folder_argument
@fail_on_option
@json_option
def judge(folder: Path, fail_on: str | None, as_json: bool) -> None:
    """Judge the recorded evidence by all rules, without touching the network; findings are replaced.

    \b
    Example:  dialtest judge my-campaign --fail-on critical
    """
    campaign = open_campaign(folder)
    journal = open_journal(campaign.journal_url)
    with progress(_("Judging"), sum(case_counts(journal).values())) as on_judged:
        judged_cases = iter(range(1, 1 << 62))
        judged = judge_journal(journal, all_rules(), campaign.services.values(), lambda: on_judged(next(judged_cases)))
    found = findings(journal)
    journal.close()
    if as_json:
        click.echo(json.dumps({"cases": judged.cases, "records": judged.records, "findings": judged.findings}))
    else:
        counts = {"cases": judged.cases, "records": judged.records, "findings": judged.findings}
        tell(_("{cases} cases with {records} records judged: {findings} findings.").format(**counts))
    raise SystemExit(exit_code(found, fail_on))


def exit_code(found: list[Finding], fail_on: str | None) -> int:
    """1 when a finding is at least as severe as `fail_on`."""
    if fail_on is None:
        return 0
    severe = SEVERITIES[SEVERITIES.index(fail_on) :]
    return int(any(finding.severity in severe for finding in found))
