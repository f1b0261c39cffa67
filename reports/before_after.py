"""Before and after the rectification (D9): the same scenarios, what share of their dials met a breach, and by whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from dialtest.model.finding import BREACH_CLASSES, BreachClass
from dialtest.policy.policy import Policy
from dialtest.review.credit import CARRIERS_OWN
from dialtest.standing.power import weighed_interval
from reports.case_summary import CaseSummary
from reports.matter import Rate
from reports.months import judged, rate_of

Change = Literal["fell", "rose", "open"]

LEAST_DIALS = 10
"""With fewer on a side the interval of a difference is too short to be believed (ours)."""


Stratum = tuple[Rate, Rate]
"""The dials of one scenario, before and after; there are some on both sides."""


@dataclass(frozen=True, slots=True)
class Weighed:
    """One side of a comparison: the rate of each scenario with its weight. The weights of both sides are the same, so
    that a scenario that was dialled more often afterwards makes no difference of its own.
    """

    parts: tuple[tuple[float, Rate], ...]

    @property
    def found(self) -> int:
        return sum(rate.found for _weight, rate in self.parts)

    @property
    def dials(self) -> int:
        return sum(rate.dials for _weight, rate in self.parts)

    @property
    def share(self) -> float:
        """0 of no dials."""
        return sum(weight * rate.share for weight, rate in self.parts)

    @property
    def interval(self) -> tuple[float, float]:
        """95 % of the share; 0…1 of no dials."""
        return _interval(self.parts, (0.0, 1.0))


@dataclass(frozen=True, slots=True)
class Compared:
    """One share before and after, scenario by scenario. `change` is `open` unless the 95 % interval of the difference
    leaves out zero and ten dials or more stand on each side.
    """

    name: str
    strata: tuple[Stratum, ...]

    @property
    def before(self) -> Weighed:
        return Weighed(tuple((weight, before) for weight, (before, _after) in self._weighed()))

    @property
    def after(self) -> Weighed:
        return Weighed(tuple((weight, after) for weight, (_before, after) in self._weighed()))

    @property
    def difference(self) -> tuple[float, float]:
        """The interval of the share after less the share before; −1…1 of no dials."""
        less = [(-weight, rate) for weight, rate in self.before.parts]
        return _interval([*self.after.parts, *less], (-1.0, 1.0))

    def _weighed(self) -> list[tuple[float, Stratum]]:
        """Each scenario with the weight that says most of a difference: n₁n₂ / (n₁ + n₂) of its dials (Cochran, W. G.
        (1954): Some methods for strengthening the common χ² tests, Biometrics 10, 417–451); all add up to 1.
        """
        weights = [one.dials * two.dials / (one.dials + two.dials) for one, two in self.strata]
        total = sum(weights)
        return [(weight / total, stratum) for weight, stratum in zip(weights, self.strata, strict=True)]

    @property
    def change(self) -> Change:
        if min(self.before.dials, self.after.dials) < LEAST_DIALS:
            return "open"
        low, high = self.difference
        return "fell" if high < 0 else "rose" if low > 0 else "open"


@dataclass(frozen=True, slots=True)
class BeforeAfter:
    """Dials, retests aside, begun until the day `before_ends` and from the day `after_starts` on, both included.

    `scenarios` are those dialled in both periods. Providers come worst first as they were before.
    """

    before_ends: date
    after_starts: date
    scenarios: tuple[str, ...]
    total: Compared
    by_breach: tuple[Compared, ...]
    providers: tuple[Compared, ...]


def before_after(
    cases: Sequence[CaseSummary],
    met: Mapping[str, frozenset[BreachClass]],
    policy: Policy,
    starts: date,
    ends: date,
) -> BeforeAfter:
    """The comparison over a campaign from `starts` to `ends`, around the policy's phase of rectification, or around the
    middle where it has none.
    """
    before_ends, after_starts = _borders(policy, starts, ends)
    known = judged(cases, met)
    early = [case for case in known if case.opened_at < policy.midnight(before_ends + timedelta(days=1))]
    late = [case for case in known if case.opened_at >= policy.midnight(after_starts)]
    scenarios = {case.scenario for case in early} & {case.scenario for case in late}
    return BeforeAfter(
        before_ends,
        after_starts,
        tuple(sorted(scenarios)),
        _compared("", early, late, met),
        tuple(_compared(one, early, late, met, one) for one in BREACH_CLASSES),
        _providers(early, late, met),
    )


def _compared(
    name: str,
    early: Sequence[CaseSummary],
    late: Sequence[CaseSummary],
    met: Mapping[str, frozenset[BreachClass]],
    breach: BreachClass | None = None,
) -> Compared:
    """The scenarios dialled on both sides; others would compare unlike with unlike."""
    sides: dict[str, tuple[list[CaseSummary], list[CaseSummary]]] = {}
    for side, cases in enumerate((early, late)):
        for case in cases:
            sides.setdefault(case.scenario, ([], []))[side].append(case)
    strata = [
        (rate_of(before, met, breach), rate_of(after, met, breach))
        for _scenario, (before, after) in sorted(sides.items())
        if before and after
    ]
    return Compared(name, tuple(strata))


def _interval(parts: Sequence[tuple[float, Rate]], unknown: tuple[float, float]) -> tuple[float, float]:
    """Within the bounds of what is `unknown` without dials."""
    if not parts:
        return unknown
    low, high = weighed_interval((weight, (rate.found, rate.dials)) for weight, rate in parts)
    return max(unknown[0], low), min(unknown[1], high)


def _borders(policy: Policy, starts: date, ends: date) -> tuple[date, date]:
    phase = next((phase for phase in policy.phases if phase.rectifies), None)
    if phase is not None:
        return phase.starts - timedelta(days=1), phase.ends + timedelta(days=1)
    middle = starts + (ends - starts) // 2
    return middle, middle + timedelta(days=1)


def _providers(
    early: Sequence[CaseSummary], late: Sequence[CaseSummary], met: Mapping[str, frozenset[BreachClass]]
) -> tuple[Compared, ...]:
    """What the carrier itself failed in is no provider's."""
    sides: dict[str, tuple[list[CaseSummary], list[CaseSummary]]] = {}
    for side, cases in enumerate((early, late)):
        for case in cases:
            sides.setdefault(case.service.provider_code, ([], []))[side].append(case)
    own = {case: classes - {CARRIERS_OWN} for case, classes in met.items()}
    found = [_compared(code, one, two, own) for code, (one, two) in sides.items()]
    return tuple(sorted(found, key=lambda row: (-row.before.interval[0], -row.after.interval[0], row.name)))
