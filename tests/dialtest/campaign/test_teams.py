"""Teams (D1): every service by more than one of them, a provider's own tests apart, and what they disagree on."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from dialtest.campaign.plan import Plan, PlannedCase, Wishes, dials_by_service, is_own, make_plan, teams_by_service
from dialtest.catalogue.numbers import load_numbers
from dialtest.folder.text import write_folder
from dialtest.model.finding import Verdict
from dialtest.model.number import TEAMS, Number, Team
from dialtest.policy.load import load_policy
from dialtest.script.load import load_folder, shipped_folder
from dialtest.settings import Settings
from dialtest.standing.disagreement import Disagreement, Verdicts, disagreements
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
    read, problems = load_numbers(tmp_path / "numbers.csv", POLICY.brand_words)
    assert ([], numbers) == (problems.lines(), list(read.values()))


def dials(team: Team, found: int, clean: int, scenario: str = "keep", untested: int = 0) -> list[Verdicts]:
    told: list[Verdict] = ["finding"] * found + ["clean"] * clean + ["inconclusive"] * untested
    return [
        Verdicts(f"{team}.{scenario}.{place}", "900001", "XW", scenario, team, {"over": verdict})
        for place, verdict in enumerate(told)
    ]


def between(*sides: list[Verdicts]) -> tuple[Disagreement, ...]:
    made = [dial for side in sides for dial in side]
    return disagreements(
        made, [("900001", "XW", "over", one.case) for one in made if one.verdicts["over"] == "finding"]
    )


def test_a_team_that_finds_and_one_that_does_not_in_dials_enough_disagree() -> None:
    (one,) = between(dials("data_centre", 3, 1), dials("third_party", 0, 5))
    assert ("data_centre", 3, 4, "third_party", 0.95) == (
        one.finding_team, one.found, one.of_dials, one.clean_team, min(one.power, 0.95)
    )  # fmt: skip
    assert 5 == one.clean


def test_too_few_clean_dials_contradict_nobody() -> None:
    assert () == between(dials("data_centre", 1, 0), dials("third_party", 0, 2))
    assert 1 == len(between(dials("data_centre", 1, 0), dials("third_party", 0, 3)))
    assert () == between(dials("data_centre", 1, 9), dials("third_party", 0, 10))


def test_what_could_not_be_tested_is_not_clean() -> None:
    assert () == between(dials("data_centre", 3, 0), dials("third_party", 0, 1, untested=20))


def test_another_scenario_contradicts_nobody() -> None:
    assert () == between(dials("data_centre", 3, 0), dials("third_party", 0, 20, "other"))


def test_a_provider_that_never_meets_what_others_find_is_shown() -> None:
    (one,) = between(dials("data_centre", 4, 0), dials("provider", 0, 6))
    assert ("provider", 6) == (one.clean_team, one.clean)


def test_a_finding_on_another_service_is_none_here() -> None:
    made = [*dials("data_centre", 3, 0), *dials("third_party", 0, 9)]
    assert () == disagreements(made, [("900001", "TL", "over", one.case) for one in made])


@given(
    st.lists(
        st.tuples(st.sampled_from(TEAMS), st.integers(0, 6), st.integers(0, 9)), max_size=4, unique_by=lambda s: s[0]
    )
)
def test_who_disagrees_both_dialled_and_only_one_found(sides: list[tuple[Team, int, int]]) -> None:
    told = {team: (found, clean) for team, found, clean in sides}
    for one in between(*(dials(team, found, clean) for team, found, clean in sides)):
        assert 0 < one.found == told[one.finding_team][0]
        assert (0, one.clean) == told[one.clean_team]
