"""Teams (D1): every service by more than one of them, a provider's own tests apart, and what they disagree on."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dialtest.campaign.folder_text import write_folder
from dialtest.campaign.plan import Plan, PlannedCase, Wishes, dials_by_service, is_own, make_plan, teams_by_service
from dialtest.catalogue.numbers import load_numbers
from dialtest.model.number import Number, Team
from dialtest.policy.load import load_policy
from dialtest.script.load import load_folder, shipped_folder
from dialtest.settings import Settings
from tests.dialtest.campaign.small_campaign import service

POLICY = load_policy("monternet-2006")
SCENARIOS = {scenario.name: scenario for file in load_folder(shipped_folder()) for scenario in file.scenarios}
FILINGS = [service(place) for place in range(4)]


def owned(team: Team, count: int, leading: str = "139", site: str = "", provider: str = "") -> list[Number]:
    return [Number(f"{leading}{n:08d}", "mzone", site=site, team=team, provider_code=provider) for n in range(count)]


def plan(numbers: list[Number], dials: int = 8) -> Plan:
    return make_plan(FILINGS, SCENARIOS.values(), numbers, POLICY, Wishes(dials, POLICY.starts, POLICY.ends), 1)


def by_number(numbers: list[Number]) -> dict[str, Number]:
    return {number.msisdn: number for number in numbers}


def test_every_service_is_dialled_by_every_team_that_has_numbers() -> None:
    numbers = [*owned("data_centre", 60), *owned("call_centre", 20, "136"), *owned("third_party", 20, "135")]
    teams = teams_by_service(plan(numbers).cases, by_number(numbers))
    expected = frozenset({"data_centre", "call_centre", "third_party"})
    assert dict.fromkeys((filing.key for filing in FILINGS), expected) == teams


@given(st.integers(1, 12), st.integers(1, 12), st.integers(2, 9))
def test_two_teams_with_a_free_number_each_share_a_service(first: int, second: int, dials: int) -> None:
    numbers = [*owned("data_centre", first), *owned("third_party", second, "135")]
    made = make_plan(FILINGS[:1], SCENARIOS.values(), numbers, POLICY, Wishes(dials, POLICY.starts, POLICY.ends), 1)
    assert 2 == len(teams_by_service(made.cases, by_number(numbers))[FILINGS[0].key])


def test_a_team_without_numbers_enough_does_what_it_can_and_the_other_the_rest() -> None:
    numbers = [*owned("data_centre", 200), *owned("third_party", 1, "135")]
    made = plan(numbers)
    assert 0 == made.without_number
    assert 4 >= sum(case.msisdn.startswith("135") for case in made.cases) >= 1


def test_the_sites_of_a_team_take_turns_on_a_service() -> None:
    numbers = [number for place in range(4) for number in owned("data_centre", 50, f"13{place}", f"site {place}")]
    made = plan(numbers, dials=8)
    for filing in FILINGS:
        sites = {by_number(numbers)[case.msisdn].site for case in made.cases if case.service == filing.key}
        assert 4 == len(sites)


def test_a_provider_dials_its_own_services_only_and_nothing_is_taken_from_the_others() -> None:
    own = owned("provider", 9, "137", provider=FILINGS[0].provider_code)
    numbers = [*owned("data_centre", 100), *own]
    with_own, without = plan(numbers), plan(numbers[:100])
    extra = [case for case in with_own.cases if is_own(case, by_number(numbers))]
    assert set(without.cases) == set(with_own.cases) - set(extra)
    assert {filing.key for filing in FILINGS if filing.provider_code == FILINGS[0].provider_code} == {
        case.service for case in extra
    }


def test_a_provider_s_own_dials_add_nothing_to_power_or_teams() -> None:
    numbers = by_number([Number("13700000001", "mzone", team="provider", provider_code=FILINGS[0].provider_code)])
    own = PlannedCase("own", FILINGS[0].key, "keep-through-first-bill", "13700000001", POLICY.midnight(POLICY.starts))
    assert {} == dials_by_service([own], SCENARIOS, numbers)
    assert {} == teams_by_service([own], numbers)


def test_a_provider_s_number_that_names_no_provider_dials_nothing() -> None:
    made = plan(owned("provider", 50))
    assert () == made.cases
    assert made.without_number > 0


def test_whose_number_it_is_is_written_and_read_back(tmp_path: Path) -> None:
    numbers = [Number("13700000001", "mzone", "昌吉", "昌吉营业厅", "provider", provider_code="900000")]
    write_folder(tmp_path, Settings(name="x"), POLICY, FILINGS, numbers)
    read, problems = load_numbers(tmp_path / "numbers.csv")
    assert ([], numbers) == (problems.lines(), list(read.values()))
