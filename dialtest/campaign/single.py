"""One dial of one service, with a journal of its own, judged at once."""

from __future__ import annotations

from dataclasses import dataclass

from dialtest.campaign.drive import cast_of
from dialtest.campaign.folder import Campaign
from dialtest.campaign.plan import Wishes, make_plan
from dialtest.campaign.runner import Runner
from dialtest.campaign.virtual import VirtualDriver
from dialtest.evidence.record import Closed, encode
from dialtest.evidence.store import open_journal
from dialtest.language import language
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.judge import judge_case
from dialtest.rules.registry import all_rules


@dataclass(frozen=True, slots=True)
class Told:
    """The findings' texts, why the case is inconclusive (empty: it is not), and its records line by line."""

    findings: tuple[str, ...]
    inconclusive: str
    time_line: str


def dial_once(campaign: Campaign, scenario: str, service: str) -> Told:
    """Dial `service` once with `scenario` on the embedded carrier with the campaign's faults and seed."""
    chosen = campaign.scenarios[scenario]
    numbers = [number for number in campaign.numbers.values() if number.control == chosen.control]
    wishes = Wishes(1, campaign.starts, campaign.ends)
    services = [campaign.services[service]]
    plan = make_plan(services, [chosen], numbers, campaign.policy, wishes, campaign.settings.seed)
    if not plan.cases:
        return Told((), "no test number, or no time left in the campaign, for this dial", "")
    planned = plan.cases[0]
    journal = open_journal("sqlite://")
    driver = VirtualDriver(Runner(cast_of(campaign), journal), campaign.planted(), campaign.begins, [planned.msisdn])
    driver.run([planned])
    records = journal.records_of(planned.case)
    journal.close()
    rules = {rule.name: rule for rule in all_rules()}
    judgement = judge_case(CaseEvidence(records, campaign.policy), tuple(rules.values()))
    texts = tuple(
        f"{found.rule} ({found.severity}): {rules[found.rule].message[language()].format_map(found.facts)}"
        for found in judgement.findings
    )
    closed = records[-1]
    reason = closed.reason if isinstance(closed, Closed) and closed.state == "inconclusive" else ""
    return Told(texts, reason, "\n".join(encode(record).decode() for record in records))
