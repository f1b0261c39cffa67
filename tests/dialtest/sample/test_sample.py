"""The sample campaign: the same from the same seed, honest in its filings, complete in its faults."""

from dataclasses import replace
from pathlib import Path

import pytest

from dialtest.adverts import claims_of
from dialtest.campaign.drive import plan_campaign
from dialtest.evidence.store import open_journal
from dialtest.folder.campaign import open_campaign
from dialtest.model.number import TEAMS
from dialtest.model.service import SERVICE_TYPES
from dialtest.policy.load import SHIPPED, load_policy
from dialtest.sample.sample import Sample, copy_sample, make_sample, write_sample
from dialtest.sample.words import MARKETS
from dialtest.sandbox.faults import ALL_FAULTS

COMMITTED = Path(__file__).parents[3] / "scenarios" / "sample"
FILES = (
    "adverts.csv", "catalogue.csv", "dialtest.toml", "halls.csv", "numbers.csv", "service_checks.csv", "surge.toml",
    "tasks.csv",
)  # fmt: skip
AGAIN = "`make sample` writes them anew; read the difference"


def sample(policy: str = "monternet-2006", services: int = 200) -> Sample:
    """A sample of a market."""
    return make_sample(services, 2006, load_policy(policy))


def test_the_committed_sample_is_what_the_generator_writes(tmp_path: Path) -> None:
    write_sample(tmp_path)
    assert sorted(FILES) == sorted(path.name for path in COMMITTED.iterdir())
    for name in FILES:
        assert (COMMITTED / name).read_bytes() == (tmp_path / name).read_bytes(), AGAIN


def test_another_seed_gives_another_sample() -> None:
    policy = load_policy("monternet-2006")
    assert make_sample(20, 1, policy) != make_sample(20, 2, policy)


@pytest.mark.parametrize("policy", SHIPPED)
def test_what_is_written_is_read_back_unchanged(tmp_path: Path, policy: str) -> None:
    written = write_sample(tmp_path, 60, policy=policy)
    campaign = open_campaign(tmp_path)
    assert list(written.services) == list(campaign.services.values())
    assert list(written.numbers) == list(campaign.numbers.values())


@pytest.mark.parametrize("policy", SHIPPED)
def test_all_types_both_billings_and_both_scopes_are_there(policy: str) -> None:
    services = sample(policy).services
    assert set(SERVICE_TYPES) == {service.service_type for service in services}
    assert {"monthly", "per_use"} == {service.billing_type for service in services}
    assert {"national", "local"} == {service.scope for service in services}


@pytest.mark.parametrize("policy", SHIPPED)
def test_no_two_services_share_a_port_a_key_or_a_page(policy: str) -> None:
    services = sample(policy).services
    pages = [service.page_url for service in services if service.page_url]
    assert (len(services), len(services)) == (len({s.access_number for s in services}), len({s.key for s in services}))
    assert len(pages) == len(set(pages))


@pytest.mark.parametrize("policy", SHIPPED)
def test_a_provider_never_sells_two_services_of_one_name(policy: str) -> None:
    services = sample(policy, 600).services
    assert len(services) == len({(service.provider_name, service.name) for service in services})


@pytest.mark.parametrize("policy", SHIPPED)
def test_a_sample_larger_than_the_stock_of_company_names_still_gives_every_provider_its_own(policy: str) -> None:
    services = make_sample(6_000, 2006, load_policy(policy), numbers=0).services
    assert len({s.provider_code for s in services}) == len({s.provider_name for s in services}) > 900


def test_a_market_may_have_more_services_than_short_codes() -> None:
    services = make_sample(12_000, 2006, load_policy("uk-premium-2019"), numbers=0).services
    assert 12_000 == len({service.access_number for service in services})


def test_every_provider_has_at_least_two_subscriptions() -> None:
    cut_short = sample().services[-1].provider_code
    services = [service for service in sample().services if service.provider_code != cut_short]
    monthly = [service.provider_code for service in services if service.billing_type == "monthly"]
    assert [] == [code for code in {service.provider_code for service in services} if monthly.count(code) < 2]


@pytest.mark.parametrize("policy", SHIPPED)
def test_what_an_advert_claims_is_what_was_filed(policy: str) -> None:
    rules = load_policy(policy)
    for service in sample(policy).services:
        claims = claims_of(service.adverts[0].text)
        assert [(service.fee_fen, rules.currency)] == [(p.amount_minor, p.currency) for p in claims.prices], claims
        assert not claims.free
        assert (service.billing_type == "monthly") == claims.subscription, service.adverts[0].text


@pytest.mark.parametrize("policy", SHIPPED)
def test_every_team_has_numbers_and_every_brand_has_control_numbers(policy: str) -> None:
    numbers = sample(policy).numbers
    assert set(TEAMS) == {number.team for number in numbers}
    assert load_policy(policy).brands.keys() == {number.brand for number in numbers if number.control}


def test_there_are_numbers_enough_for_every_dial() -> None:
    campaign = open_campaign(COMMITTED)
    journal = open_journal("sqlite://")
    plan = plan_campaign(campaign, journal)
    journal.close()
    assert (0, 0, 0) == (plan.without_number, plan.without_time, len(plan.services_without_scenario))


@pytest.mark.parametrize("policy", SHIPPED)
def test_every_fault_of_the_market_is_planted_and_five_strike_only_sometimes(tmp_path: Path, policy: str) -> None:
    write_sample(tmp_path, 200, policy=policy)
    campaign = open_campaign(tmp_path)
    country = campaign.policy.country
    planted = campaign.planted()
    expected = {name for name, fault in ALL_FAULTS.items() if not fault.markets or country in fault.markets}
    assert expected == {fault.fault for fault in planted if fault.share == 1}
    assert [0.3, 0.35, 0.4, 0.45, 0.5] == [fault.share for fault in planted if fault.share < 1]


def test_no_service_has_two_faults_and_no_existing_provider_has_any() -> None:
    campaign = open_campaign(COMMITTED)
    struck = [key for fault in campaign.planted() for key in fault.services]
    assert len(struck) == len(set(struck))
    exist = {example.provider for example in MARKETS["CN"].examples}
    assert [] == [key for key in struck if campaign.services[key].provider_name in exist]


def test_a_clean_sample_has_no_fault(tmp_path: Path) -> None:
    write_sample(tmp_path / "made", 10, clean=True)
    copy_sample(tmp_path / "copied", clean=True)
    assert [[], []] == [open_campaign(tmp_path / name).planted() for name in ("made", "copied")]


def test_a_copied_sample_is_the_committed_one(tmp_path: Path) -> None:
    copy_sample(tmp_path)
    assert [(COMMITTED / name).read_bytes() for name in FILES] == [(tmp_path / name).read_bytes() for name in FILES]


def test_a_market_without_words_of_its_own_borrows_those_of_its_language() -> None:
    china, britain = load_policy("monternet-2006"), load_policy("uk-premium-2019")
    for lender, country in ((china, "SG"), (britain, "IE")):
        assert make_sample(5, 1, lender).services == make_sample(5, 1, replace(lender, country=country)).services
