"""Single dials: one service dialled once with one scenario, with a journal of its own, judged at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from dialtest.campaign.companion import companion_of
from dialtest.campaign.plan import PlannedCase, Wishes, make_plan
from dialtest.campaign.runner import Runner
from dialtest.campaign.virtual import VirtualDriver
from dialtest.errors import DialtestError
from dialtest.evidence.journal import Journal
from dialtest.evidence.printable import printable
from dialtest.evidence.record import AnyRecord, Closed
from dialtest.evidence.store import open_journal
from dialtest.evidence.timeline import timeline
from dialtest.folder.campaign import Campaign
from dialtest.language import _, language
from dialtest.model.finding import Finding
from dialtest.model.number import Number
from dialtest.model.service import Service
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.judge import judge_case, untested
from dialtest.rules.registry import all_rules
from dialtest.rules.screen_words import in_words
from dialtest.sandbox.planted import Planted
from dialtest.script.cast import Cast
from dialtest.script.scenario import Scenario


@dataclass(frozen=True, slots=True)
class Told:
    """What one dial gave, as texts: its findings; why it is inconclusive (empty: it is not); what could not be judged.

    `time_line` is the evidence, record by record; empty for a dial that neither found anything nor failed.
    """

    findings: tuple[str, ...]
    inconclusive: str
    untested: str
    time_line: str


class SingleDials:
    """Dials of a campaign's services on its embedded carrier, none knowing of another.

    The carrier of a dial offers the services of one provider, and of the planted faults those of the service dialled:
    so every breach is told once, by the test of the service that commits it. Number and start are drawn from the
    campaign's seed, the scenario and the service. Raises DialtestError for faults that cannot be planted.
    """

    def __init__(self, campaign: Campaign) -> None:
        self._campaign = campaign
        self._planted = campaign.planted()
        self._rules = {rule.name: rule for rule in all_rules()}
        self._of_provider: dict[str, dict[str, Service]] = {}
        for key, service in sorted(campaign.services.items()):
            self._of_provider.setdefault(service.provider_code, {})[key] = service

    def fitting(self) -> list[tuple[str, Service]]:
        """Every scenario of this market with every service it fits; raises DialtestError for a `fits` that fails."""
        country = self._campaign.policy.country
        return [
            (name, service)
            for name, scenario in sorted(self._campaign.scenarios.items())
            if country in (scenario.markets or (country,))
            for _key, service in sorted(self._campaign.services.items())
            if _fits(scenario, service)
        ]

    def dial(self, scenario: str, service: str) -> Told:
        """Dial the service of this key once with the scenario of this name."""
        chosen, dialled = self._campaign.scenarios[scenario], self._campaign.services[service]
        number = self._number(chosen, dialled)
        if number is None:
            return Told((), _("the campaign has no test number for this scenario"), "", "")
        planned = self._planned(chosen, dialled, number)
        if planned is None:
            return Told((), _("the campaign is too short for this scenario"), "", "")
        journal = open_journal("sqlite://")
        journal.keep_document("policy", self._campaign.policy.name, self._campaign.policy.text)
        try:
            return self._told(self._performed(planned, number, journal), journal)
        finally:
            journal.close()

    def _number(self, scenario: Scenario, service: Service) -> Number | None:
        """Any number; a provider's own is left aside, since its tests prove nothing (D1)."""
        numbers = [
            number
            for _msisdn, number in sorted(self._campaign.numbers.items())
            if number.control == scenario.control and number.team != "provider"
        ]
        random = Random(f"{self._campaign.settings.seed}/single/{scenario.name}/{service.key}")
        return random.choice(numbers) if numbers else None

    def _planned(self, scenario: Scenario, service: Service, number: Number) -> PlannedCase | None:
        campaign = self._campaign
        wishes = Wishes(1, campaign.starts, campaign.ends)
        plan = make_plan([service], [scenario], [number], campaign.policy, wishes, campaign.settings.seed)
        companion = companion_of(scenario, service, self._of_provider[service.provider_code].values())
        return replace(plan.cases[0], companion=companion) if plan.cases else None

    def _performed(self, planned: PlannedCase, number: Number, journal: Journal) -> Sequence[AnyRecord]:
        campaign = self._campaign
        services = self._of_provider[campaign.services[planned.service].provider_code]
        cast = Cast(campaign.policy, services, {number.msisdn: number}, campaign.scenarios, campaign.settings.seed)
        own = frozenset((planned.service,))
        planted = [
            Planted(fault.fault, own, fault.conduct, fault.share, fault.since, fault.until)
            for fault in self._planted
            if planned.service in fault.services
        ]
        records: list[AnyRecord] = []
        driver = VirtualDriver(Runner(cast, journal, judge=records.extend), planted, campaign.begins, [number.msisdn])
        driver.run([planned])
        return records

    def _told(self, records: Sequence[AnyRecord], journal: Journal) -> Told:
        evidence = CaseEvidence(records, self._campaign.policy)
        judgement = judge_case(evidence, tuple(self._rules.values()))
        found = tuple(self._text(finding) for finding in judgement.findings)
        closed = records[-1]
        reason = closed.reason if isinstance(closed, Closed) and closed.state == "inconclusive" else ""
        unclear = "\n".join(
            f"{name}: {printable(why)}"
            for name, verdict in judgement.verdicts.items()
            if verdict == "inconclusive"
            for why in untested(evidence, self._rules[name])
        )
        lines = timeline(journal, closed.case) if found or reason else ()
        time_line = (f"{line.seq:>4}  {line.at:%Y-%m-%d %H:%M:%S}  {line.hash[:12]}  {line.text}" for line in lines)
        return Told(found, printable(reason), unclear, "\n".join(time_line))

    def _text(self, finding: Finding) -> str:
        rule = self._rules[finding.rule]
        says = rule.message[language()].format_map(in_words(finding.facts, language()))
        clauses = ", ".join(rule.clauses)
        service = f"{finding.provider_code}/{finding.service_code}"
        return printable(f"{rule.name} ({finding.severity}, {clauses}) {service}: {says}")


def _fits(scenario: Scenario, service: Service) -> bool:
    try:
        return scenario.fits(service)
    except Exception as error:  # noqa: BLE001 - whatever a test team's own `fits` raises is told as its defect
        what = _("`fits` of {name} failed: {error}.").format(
            name=scenario.name, error=f"{type(error).__name__}: {error}"
        )
        raise DialtestError(what, _("It takes a service and says True or False.")) from None
