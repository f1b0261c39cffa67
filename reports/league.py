"""The league of providers 排行: how much was found against each, weighted, and how often its dials meet a breach."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dialtest.model.finding import Finding, Severity
from reports.case_summary import CaseSummary
from reports.matter import Rate

WEIGHTS: Mapping[Severity, int] = {"minor": 1, "major": 3, "critical": 10}
"""What one finding weighs (ours; the source has credit points, D8, but no scale)."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One provider at the end of the week.

    `points` are its credit points (D8), None where the market has none. `findings` and `weighted` count every finding
    to date, `this_week` those due in the week. `rate` is the share of its independent, conclusive dials with at least
    one finding against it.
    """

    provider_code: str
    provider_name: str
    services: int
    by_severity: Mapping[Severity, int]
    this_week: int
    rate: Rate
    points: int | None = None

    @property
    def findings(self) -> int:
        return sum(self.by_severity.values())

    @property
    def weighted(self) -> int:
        return sum(WEIGHTS[severity] * count for severity, count in self.by_severity.items())


def league(
    findings: Sequence[Finding],
    cases: Sequence[CaseSummary],
    names: Mapping[str, str],
    starts: datetime,
    points: Mapping[str, int] | None = None,
) -> tuple[Standing, ...]:
    """Every provider dialled or found against, worst first: credit points, weight, the lower end of its rate, its code.

    `points` by provider's code; None where the market has none.
    """
    points = points or {}
    by_provider: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_provider[finding.provider_code].append(finding)
    dials: dict[str, list[CaseSummary]] = defaultdict(list)
    for case in cases:
        dials[case.service.provider_code].append(case)
    standings = (
        _standing(code, by_provider[code], dials[code], names.get(code, ""), starts, points.get(code))
        for code in sorted({*by_provider, *dials})
    )
    return tuple(
        sorted(standings, key=lambda one: (one.points or 0, -one.weighted, -one.rate.interval[0], one.provider_code))
    )


def _standing(
    code: str,
    findings: Sequence[Finding],
    cases: Sequence[CaseSummary],
    name: str,
    starts: datetime,
    points: int | None,
) -> Standing:
    found_in = {finding.case for finding in findings}
    counted = [case.case for case in cases if case.independent and (case.conclusive or case.case in found_in)]
    return Standing(
        provider_code=code,
        provider_name=name,
        services=len({case.service.key for case in cases}),
        by_severity=Counter(finding.severity for finding in findings),
        this_week=sum(finding.due_at >= starts for finding in findings),
        rate=Rate(sum(case in found_in for case in counted), len(counted)),
        points=points,
    )
