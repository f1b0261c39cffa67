"""Single dials: each alone with its number, journal and provider; what it tells, it tells of the service dialled."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from dialtest.campaign.single import SingleDials
from dialtest.folder.campaign import Campaign
from dialtest.language import speaking
from dialtest.settings import FaultSettings, SandboxSettings
from tests.dialtest.campaign.campaigns import sample


@pytest.fixture(autouse=True)
def in_english() -> Iterator[None]:
    with speaking("en"):
        yield


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Campaign:
    """Twelve services of a few providers, all honest."""
    return sample(tmp_path_factory.mktemp("sample"), services=12, clean=True)


def with_fault(campaign: Campaign, name: str, services: tuple[str, ...] = ("*",), share: float = 1.0) -> Campaign:
    """The same campaign with a fault planted."""
    faults = SandboxSettings((FaultSettings(name, services, share),))
    return replace(campaign, settings=replace(campaign.settings, sandbox=faults))


def monthly(campaign: Campaign) -> list[str]:
    """The subscriptions, by key."""
    return [key for key, service in sorted(campaign.services.items()) if service.billing_type == "monthly"]


def siblings(campaign: Campaign) -> tuple[str, str]:
    """Two subscriptions of one provider."""
    keys = monthly(campaign)
    pairs = pairwise(keys)
    return next((one, other) for one, other in pairs if one.partition("/")[0] == other.partition("/")[0])


def test_an_honest_service_gives_no_finding_and_no_time_line(clean: Campaign) -> None:
    told = SingleDials(clean).dial("keep-through-first-bill", monthly(clean)[0])
    assert ((), "", "") == (told.findings, told.inconclusive, told.time_line)


def test_a_finding_names_rule_severity_clause_service_and_what_was_seen(clean: Campaign) -> None:
    key = monthly(clean)[0]
    told = SingleDials(with_fault(clean, "charge-over-tariff")).dial("keep-through-first-bill", key)
    assert told.findings[0].startswith("charge-over-tariff (critical, ")
    assert f") {key}: " in told.findings[0]


def test_the_time_line_of_a_finding_holds_every_record_with_its_hash(clean: Campaign) -> None:
    told = SingleDials(with_fault(clean, "charge-over-tariff")).dial("keep-through-first-bill", monthly(clean)[0])
    lines = told.time_line.splitlines()
    assert len(lines) >= 18
    assert list(range(len(lines))) == [int(line.split()[0]) for line in lines]
    assert {12} == {len(line.split()[3]) for line in lines}


def test_the_same_dial_gives_the_same_evidence_whatever_was_dialled_before(clean: Campaign) -> None:
    campaign = with_fault(clean, "charge-over-tariff")
    first, other = monthly(clean)[:2]
    dials = SingleDials(campaign)
    dials.dial("withdraw-and-watch", other)
    assert dials.dial("keep-through-first-bill", first) == SingleDials(campaign).dial("keep-through-first-bill", first)


def test_dials_are_spread_over_the_numbers(clean: Campaign) -> None:
    dials = SingleDials(with_fault(clean, "charge-over-tariff"))
    opened = {
        dials.dial("keep-through-first-bill", key).time_line.splitlines()[0].split()[-1] for key in monthly(clean)
    }
    assert len(opened) > 1


def test_a_providers_own_numbers_are_left_aside(clean: Campaign) -> None:
    ordinary = [number for number in clean.numbers.values() if not number.control]
    numbers = {number.msisdn: replace(number, team="provider") for number in ordinary}
    told = SingleDials(replace(clean, numbers=numbers)).dial("keep-through-first-bill", monthly(clean)[0])
    assert "the campaign has no test number for this scenario" == told.inconclusive


def test_a_breach_of_one_service_is_not_told_by_the_dials_of_its_sibling(clean: Campaign) -> None:
    guilty, innocent = siblings(clean)
    dials = SingleDials(with_fault(clean, "control-number-subscribed", (guilty,)))
    assert (True, False) == tuple(bool(dials.dial("control-number", key).findings) for key in (guilty, innocent))


def test_the_services_of_the_same_provider_are_there_to_be_ordered_along(clean: Campaign) -> None:
    guilty, _ = siblings(clean)
    told = SingleDials(with_fault(clean, "order-makes-several", (guilty,))).dial("keep-through-first-bill", guilty)
    assert any(text.startswith("order-makes-several ") for text in told.findings)


def test_a_scenario_that_wants_a_companion_has_one(clean: Campaign) -> None:
    dials = SingleDials(with_fault(clean, "list-reply-ends-all"))
    told = [dials.dial(name, service.key).findings for name, service in dials.fitting() if name == "withdraw-by-0000"]
    assert any(text.startswith("ended-unasked ") for findings in told for text in findings)


def test_a_fault_of_some_dials_strikes_some_services_only(clean: Campaign) -> None:
    dials = SingleDials(with_fault(clean, "charge-over-tariff", share=0.5))
    struck = [bool(dials.dial("keep-through-first-bill", key).findings) for key in monthly(clean)]
    assert {True, False} == set(struck)


def test_what_a_scenario_leaves_unasked_is_told_as_untested(clean: Campaign) -> None:
    told = SingleDials(clean).dial("order-month-end", monthly(clean)[0])
    assert "withdrawal-ignored: nobody asked what is subscribed after the withdrawal was due" in told.untested


def test_pairs_are_those_of_this_market_that_fit(clean: Campaign) -> None:
    pairs = SingleDials(clean).fitting()
    assert all(clean.scenarios[name].fits(service) for name, service in pairs)
    assert set() == {name for name, _ in pairs} & {"keep-four-weeks", "answer-no-to-the-prompt"}
    assert set(clean.services) == {service.key for _, service in pairs}


def test_dialling_touches_no_file_of_the_campaign(clean: Campaign) -> None:
    before = files(clean.folder)
    SingleDials(clean).dial("keep-through-first-bill", monthly(clean)[0])
    assert before == files(clean.folder)


def files(folder: Path) -> dict[str, float]:
    """Every file with the time of its last change."""
    return {str(path): path.stat().st_mtime for path in folder.rglob("*")}
