"""What the teams have to say of each other (D1): services that several dialled, and where they disagree."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from dialtest.campaign.sweeping import SWEEP
from dialtest.model.finding import Finding
from dialtest.standing.disagreement import Disagreement, Verdicts, disagreements
from reports.case_summary import CaseSummary


@dataclass(frozen=True, slots=True)
class Teams:
    """`several` counts the services that more than one independent team dialled, `dialled` those that any did.

    `names` has provider and service of each key in words.
    """

    dialled: int
    several: int
    disagreements: tuple[Disagreement, ...]
    names: Mapping[str, str]


def teams(findings: Sequence[Finding], cases: Sequence[CaseSummary]) -> Teams:
    """The teams as the cases show them."""
    by_service: dict[str, set[str]] = defaultdict(set)
    for case in cases:
        if case.independent:
            by_service[case.service.key].add(case.team)
    return Teams(
        len(by_service),
        sum(len(found) > 1 for found in by_service.values()),
        disagreements(_verdicts(findings, cases), (finding.key for finding in findings)),
        {case.service.key: f"{case.service.provider_name} {case.service.name}" for case in cases},
    )


def _verdicts(findings: Sequence[Finding], cases: Sequence[CaseSummary]) -> list[Verdicts]:
    """Of services with a finding alone: where nobody found anything nobody disagrees."""
    found = {(finding.provider_code, finding.service_code) for finding in findings}
    return [
        Verdicts(
            case.case,
            case.service.provider_code,
            case.service.service_code,
            case.scenario,
            case.team,
            case.verdicts,
        )
        for case in cases
        if (case.service.provider_code, case.service.service_code) in found and case.scenario != SWEEP
    ]
