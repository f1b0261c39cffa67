"""Faults that strike a share of the dials only: measured detection against the stated power 1 − (1 − p)ⁿ."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from dialtest.sandbox.carrier import EMPTY_SHARE
from dialtest.standing.power import detection_power
from tests.dialtest.rules.small_world import dial, filed, planted, policy_of

RISK = 1e-4
"""How likely a right programme fails such a test: each tail of the binomial holds half of it."""


def binomial_bounds(trials: int, chance: float) -> tuple[int, int]:
    """The fewest and most successes of a binomial count, with no more than half of RISK beyond each."""
    weights = [(1 - chance) ** trials]
    for k in range(trials):
        weights.append(weights[-1] * chance / (1 - chance) * (trials - k) / (k + 1))
    low = next(k for k in range(trials + 1) if sum(weights[: k + 1]) > RISK / 2)
    high = next(k for k in range(trials, -1, -1) if sum(weights[k:]) > RISK / 2)
    return low, high


@pytest.mark.parametrize(
    ("fault", "scenario", "share", "dials"),
    [
        ("charge-twice-a-month", "keep-through-first-bill", 0.1, 29),
        ("charge-twice-a-month", "keep-through-first-bill", 0.3, 5),
        ("several-charges-per-use", "per-use-order", 0.3, 9),
        ("page-view-orders", "look-without-ordering", 0.1, 12),
    ],
)
def test_the_measured_detection_rate_agrees_with_the_stated_power(
    fault: str, scenario: str, share: float, dials: int
) -> None:
    service = [one for one in filed() if planted(fault, [one]).services][:1]
    faults = [planted(fault, service, share)]
    seeds = 60
    rule = faults[0].conduct.rule  # type: ignore[attr-defined]
    campaigns = [dial(service, [scenario], faults, seed=seed, dials=dials) for seed in range(seeds)]
    hits = [sum(rule in {finding.rule for finding in one.findings} for one in dialled) for dialled in campaigns]
    low, _ = binomial_bounds(seeds, detection_power(share * (1 - EMPTY_SHARE), dials))
    _, high = binomial_bounds(seeds, detection_power(share, dials))
    assert low <= sum(count > 0 for count in hits) <= high
    low, _ = binomial_bounds(seeds * dials, share * (1 - EMPTY_SHARE))  # an empty balance may hide it
    _, high = binomial_bounds(seeds * dials, share)
    assert low <= sum(hits) <= high


def test_the_bounds_are_those_of_a_fair_coin() -> None:
    assert (2, 18) == binomial_bounds(20, 0.5)


def test_a_fault_strikes_no_dial_before_its_day() -> None:
    service = filed()[:1]
    since = datetime(2006, 6, 20, tzinfo=policy_of("monternet-2006").zone)
    faults = [planted("charge-over-tariff", service, since=since)]
    dialled = dial(service, ["keep-through-first-bill"], faults, dials=40, apart=timedelta(hours=23))
    for one in dialled:
        struck = one.evidence.orders[0].at >= since if one.evidence.orders else False
        assert struck == bool(one.findings)
