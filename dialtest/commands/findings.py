"""`dialtest findings`: what was found, filtered."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import click
from rich.table import Table

from dialtest.campaign.judging import findings as kept_findings
from dialtest.clock import Week
from dialtest.commands.judge import exit_code, fail_on_option
from dialtest.commands.screen import clean, folder_argument, json_option, say, tell, word
from dialtest.evidence.store import open_journal
from dialtest.folder.campaign import Campaign, open_campaign
from dialtest.language import _, language
from dialtest.model.finding import SEVERITIES, Finding
from dialtest.rules.registry import all_rules
from dialtest.rules.rule import Rule
from dialtest.rules.screen_words import in_words


@click.command()
@folder_argument
@click.option("--provider", metavar="CODE", help="Only this provider's.")
@click.option("--rule", metavar="NAME", help="Only by this rule.")
@click.option("--severity", type=click.Choice(SEVERITIES), help="Only of this severity.")
@click.option("--week", metavar="2006-W30", help="Only those whose verdict became due in this week.")
@fail_on_option
@json_option
def findings(
    folder: Path,
    provider: str | None,
    rule: str | None,
    severity: str | None,
    week: str | None,
    fail_on: str | None,
    as_json: bool,
) -> None:
    """The findings of the last judging.

    \b
    Example:  dialtest findings my-campaign --severity critical --week 2006-W36
    """
    campaign = open_campaign(folder)
    journal = open_journal(campaign.journal_url)
    wanted = {"provider_code": provider, "rule": rule, "severity": severity}
    shown = [finding for finding in kept_findings(journal) if _matches(finding, wanted, week, campaign)]
    journal.close()
    rules = {known.name: known for known in all_rules()}
    if as_json:
        click.echo(json.dumps([_as_json(finding, rules) for finding in shown], ensure_ascii=False, indent=1))
    else:
        _print(shown, rules, campaign)
    raise SystemExit(exit_code(shown, fail_on))


def _matches(finding: Finding, wanted: Mapping[str, str | None], week: str | None, campaign: Campaign) -> bool:
    if any(value is not None and getattr(finding, name) != value for name, value in wanted.items()):
        return False
    return week is None or Week.of(campaign.policy.local(finding.due_at)) == Week.parse(week)


def words(finding: Finding, rules: Mapping[str, Rule], lang: str) -> str:
    """What a finding says, in one language."""
    rule = rules.get(finding.rule)
    return rule.message[lang].format_map(in_words(finding.facts, lang)) if rule else finding.rule


def _as_json(finding: Finding, rules: Mapping[str, Rule]) -> dict[str, object]:
    return {
        "provider_code": finding.provider_code,
        "service_code": finding.service_code,
        "rule": finding.rule,
        "breach": finding.breach,
        "severity": finding.severity,
        "case": finding.case,
        "due_at": finding.due_at.isoformat(),
        "records": list(finding.records),
        "facts": finding.facts,
        "message": {lang: words(finding, rules, lang) for lang in ("zh", "en")},
    }


def _print(shown: list[Finding], rules: Mapping[str, Rule], campaign: Campaign) -> None:
    table = Table(_("due"), _("severity"), _("service"), _("name"), _("rule"), _("what was seen"), _("case"))
    for finding in shown:
        service = campaign.services.get(f"{finding.provider_code}/{finding.service_code}")
        due = f"{campaign.policy.local(finding.due_at):%Y-%m-%d}"
        key, name = f"{finding.provider_code}/{finding.service_code}", service.name if service else ""
        row = (due, word(finding.severity), key, name, finding.rule, words(finding, rules, language()), finding.case)
        table.add_row(*map(clean, row))
    if shown:
        say(table)
    tell(_("{count} findings.").format(count=len(shown)))
