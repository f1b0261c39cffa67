"""The hotline's connection rate over a campaign's calls, for each brand, against its standard."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialtest.standing.connection_rate import ConnectionRate, calls_made, connection_rates
from dialtest.standing.power import wilson
from dialtest.standing.standing import standing_of
from tests.dialtest.campaign.campaigns import driven, sample


def rate(answered: int, asked: int, standard: float | None = 0.8) -> ConnectionRate:
    return ConnectionRate("mzone", asked, answered, *wilson(answered, asked), standard)


@pytest.mark.parametrize(
    ("answered", "asked", "verdict"),
    [
        (100, 100, "kept"),
        (300, 1000, "below"),
        (8, 10, "unknown"),
        (4, 10, "below"),
        (0, 1, "unknown"),
        (0, 9, "unknown"),
        (0, 10, "below"),
    ],
)
def test_a_verdict_needs_the_whole_interval_on_one_side_of_the_standard(
    answered: int, asked: int, verdict: str
) -> None:
    assert verdict == rate(answered, asked).verdict


def test_without_a_standard_nothing_can_be_said() -> None:
    assert "unknown" == rate(10, 10, None).verdict


def test_the_rate_is_that_of_the_calls() -> None:
    assert 0.4 == rate(4, 10).rate


def test_a_campaign_counts_its_calls_brand_by_brand(tmp_path: Path) -> None:
    campaign = sample(tmp_path, services=6, clean=True)
    journal = driven(campaign)
    calls, standing = calls_made(campaign, journal), standing_of(campaign, journal)
    rates = connection_rates(calls, campaign.policy, campaign.policy.midnight(campaign.policy.ends))
    brands = {number.brand for number in campaign.numbers.values()}
    assert {0.85, 0.8} >= {one.standard for one in rates}
    assert rates
    assert all(one.brand in brands and 0 <= one.answered <= one.asked for one in rates)
    assert rates == standing.connection
    journal.close()
