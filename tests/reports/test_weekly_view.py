"""What the weekly report says: which week, how a matter stands, how much was covered, who is worst."""

from __future__ import annotations

from datetime import datetime

import pytest
from sqlalchemy import text

from dialtest.clock import Week
from dialtest.errors import DialtestError
from dialtest.language import speaking
from reports.weekly_view import WeeklyView, weekly_view
from tests.reports.campaign_builder import FREE_WORDS, LATE_REMINDER, POLICY, WEEK, CampaignBuilder, at, service

CLEAN = {"charge-over-tariff": "clean"}


def view(built: CampaignBuilder, week: Week = WEEK) -> WeeklyView:
    return weekly_view(built.source(), week)


def statuses(built: CampaignBuilder, week: Week = WEEK) -> list[str]:
    seen = view(built, week)
    return [matter.status for matter in (*seen.new, *seen.repeated, *seen.fixed, *seen.quiet)]


# Which week a finding belongs to


def test_a_finding_belongs_to_the_week_its_verdict_became_due_not_the_week_of_the_order() -> None:
    built = CampaignBuilder().found(begun=at("07-10"), ended=at("08-02"))
    assert ["new"] == statuses(built)
    assert [] == statuses(CampaignBuilder().found(begun=at("07-10"), ended=at("08-02")), Week.parse("2006-W28"))


@pytest.mark.parametrize(
    ("due", "expected"),
    [
        ("2006-07-30T23:59:59+08:00", 0),
        ("2006-07-30T16:00:00+00:00", 1),  # Monday 00:00 in Shanghai, still Sunday in Greenwich
        ("2006-08-06T15:59:59+00:00", 1),
        ("2006-08-07T00:00:00+08:00", 0),
    ],
)
def test_weeks_begin_on_monday_midnight_of_the_policys_zone(due: str, expected: int) -> None:
    built = CampaignBuilder().case(verdicts={}).finding(due=datetime.fromisoformat(due))
    assert expected == len(view(built).findings)


def test_what_was_recorded_after_the_week_is_not_known_in_it() -> None:
    built = CampaignBuilder().case(begun=at("07-25"), ended=at("08-20"), reason="no balance", verdicts=CLEAN)
    total = view(built).coverage.total
    assert (1, 0, 0) == (total.open, total.conclusive, total.inconclusive)


def test_a_week_before_the_first_dial_cannot_be_reported() -> None:
    with pytest.raises(DialtestError, match="Nothing was dialled before the end of week 2006-W20"):
        view(CampaignBuilder().case(), Week.parse("2006-W20"))


# How a matter stands


def test_a_matter_found_for_the_first_time_is_new() -> None:
    assert ["new"] == statuses(CampaignBuilder().found())


def test_a_matter_found_before_and_again_is_repeated_and_counts_both() -> None:
    built = CampaignBuilder().found(ended=at("07-18"), begun=at("07-10")).found(ended=at("07-26"))
    seen = view(built.found().found())
    (matter,) = seen.repeated
    assert (2, 1, 2) == (len(matter.this_week), matter.last_week, matter.before)


def test_the_same_rule_on_another_service_is_another_matter() -> None:
    other = service("TL")
    built = CampaignBuilder(service(), other).found(ended=at("07-18"), begun=at("07-10")).found(of=other)
    assert ["new", "quiet"] == statuses(built)


def test_clean_dials_begun_after_the_last_finding_show_a_cure_in_the_week_the_last_of_them_ends() -> None:
    built = CampaignBuilder().found(ended=at("07-18"), begun=at("07-10"))
    for ended in ("07-29", "07-29", "08-01"):
        built.case(begun=at("07-20"), ended=at(ended), verdicts=CLEAN)
    assert [(3, pytest.approx(26 / 27))] == [(one.cure.clean, one.cure.power) for one in view(built).fixed]


@pytest.mark.parametrize(
    "dial",
    [
        {"begun": at("07-11"), "ended": at("08-01"), "verdicts": CLEAN},  # begun before the last finding
        {"begun": at("07-20"), "ended": at("07-28"), "verdicts": CLEAN},  # ended in another week
        {"begun": at("07-20"), "ended": at("08-01"), "verdicts": {"charge-over-tariff": "inconclusive"}},
        {"begun": at("07-20"), "ended": at("08-01"), "verdicts": {"page-says-free": "clean"}},
        {"begun": at("07-20"), "ended": at("08-01"), "verdicts": CLEAN, "team": "provider"},
        {"begun": at("07-20"), "ended": at("08-01"), "verdicts": CLEAN, "scenario": "look-without-ordering"},
    ],
)
def test_any_other_dial_shows_no_cure(dial: dict[str, object]) -> None:
    built = CampaignBuilder().found(ended=at("07-18"), begun=at("07-10"))
    for _ in range(5):
        built.case(**dial)  # type: ignore[arg-type]
    assert ["quiet"] == statuses(built)


@pytest.mark.parametrize(("clean", "expected"), [(3, "quiet"), (4, "fixed")])
def test_a_fault_that_struck_two_of_three_is_refuted_by_four_clean_dials_and_not_by_three(
    clean: int, expected: str
) -> None:
    built = CampaignBuilder()
    for _ in range(2):
        built.found(ended=at("07-18"), begun=at("07-10"))
    built.case(begun=at("07-10"), ended=at("07-18"), verdicts=CLEAN)
    for _ in range(clean):
        built.case(begun=at("07-20"), ended=at("08-01"), verdicts=CLEAN)
    assert [expected] == statuses(built)


# Order by harm


def test_severity_comes_before_cases_and_cases_before_money() -> None:
    few, many, rich, minor = (service(code, code) for code in ("A", "B", "C", "D"))
    built = CampaignBuilder(few, many, rich, minor)
    for _ in range(5):
        built.found(LATE_REMINDER, minor)
    built.found(FREE_WORDS, few).found(FREE_WORDS, many).found(FREE_WORDS, many)
    built.case(rich, charged_fen=9900, ended=at("08-02"), verdicts={}).finding(FREE_WORDS, rich)
    built.found(of=few)
    order = [(matter.provider_code, matter.severity) for one in view(built).decisions for matter in one.matters]
    assert [("A", "critical"), ("A", "major"), ("B", "major"), ("C", "major"), ("D", "minor")] == order


def test_the_money_of_a_matter_is_what_the_cited_bills_charge_for_its_service() -> None:
    built = CampaignBuilder().found().found()
    assert [9000] == [matter.billed_fen for matter in view(built).new]


# Coverage


def test_a_providers_own_tests_never_count_as_coverage() -> None:
    built = CampaignBuilder(service(), service("TL")).case(team="provider").case(service("TL"), team="call_centre")
    seen = view(built).coverage
    assert (1, 2, 0.5, 1) == (seen.total.services, seen.total.of_services, seen.share, seen.own_tests)
    assert [("call_centre", 1), ("provider", 1)] == [(row.name, row.cases) for row in seen.by_team if row.cases]
    assert ["XW"] == [one.service_code for one in seen.not_dialled]


def test_a_sweep_is_no_dial() -> None:
    assert 0 == view(CampaignBuilder().case(scenario="sweep")).coverage.total.cases


def test_like_reasons_count_together_whatever_they_quote() -> None:
    built = CampaignBuilder().case(reason="sending “DZXW” failed: no_balance", ended=at("08-01"))
    built.case(reason="sending “DZTL” failed: no_balance", begun=at("07-10"), ended=at("07-12"))
    built.case(reason="the page http://sp.example/xw has no order button")
    built.case(reason="the page http://sp.example/tl has no order button")
    reasons = [(one.text, one.cases, one.this_week) for one in view(built).coverage.reasons]
    assert [("no_balance", 2, 1), ("the page … has no order button", 2, 2)] == reasons


def test_more_reasons_than_the_table_holds_are_summed_up() -> None:
    built = CampaignBuilder()
    for number in range(15):
        built.case(reason="x" * (number + 1))
    assert 13 == len(view(built).coverage.reasons)
    assert ("", 3) == (view(built).coverage.reasons[-1].text, view(built).coverage.reasons[-1].cases)


def test_an_act_nobody_knows_the_outcome_of_is_in_doubt() -> None:
    built = CampaignBuilder().case(name="a", doubt=True, reason="in doubt: no answer").case(name="b")
    assert [("a", "send")] == [(one.case, one.act) for one in view(built).coverage.doubts]


# League


def test_three_findings_in_thirty_dials_stand_with_their_wilson_interval() -> None:
    built = CampaignBuilder()
    for _ in range(3):
        built.found()
    for _ in range(27):
        built.case(verdicts=CLEAN)
    built.case(reason="no balance", verdicts={}).case(team="provider", verdicts=CLEAN).case(open_=True)
    (standing,) = view(built).league
    assert (3, 30) == (standing.rate.found, standing.rate.dials)
    assert ("3.5", "25.6") == tuple(f"{100 * end:.1f}" for end in standing.rate.interval)
    assert (3, 30) == (standing.findings, standing.weighted)


def test_one_critical_finding_weighs_more_than_three_major_ones() -> None:
    first, second = service("A", "1"), service("B", "2")
    built = CampaignBuilder(first, second).found(of=second)
    for _ in range(3):
        built.found(FREE_WORDS, first)
    assert [("2", 10), ("1", 9)] == [(one.provider_code, one.weighted) for one in view(built).league]


def test_a_finding_against_a_service_that_was_not_dialled_has_no_rate() -> None:
    bystander = service("ZZ", "900009", name="精品图铃")
    built = CampaignBuilder(service(), bystander).case(verdicts={"charge-over-tariff": "finding"})
    built.finding(of=bystander)
    (matter,) = view(built).new
    assert ("精品图铃", 0, 0) == (matter.service_name, matter.rate.found, matter.rate.dials)


# Evidence and the rest


def test_the_first_two_cases_are_told_in_full_and_the_rest_listed_and_counted() -> None:
    built = CampaignBuilder()
    for _ in range(25):
        built.found()
    (detail,) = view(built).details
    assert (2, 20, 3) == (len(detail.shown), len(detail.listed), detail.uncounted)


def test_a_told_case_marks_the_records_its_finding_cites() -> None:
    (detail,) = view(CampaignBuilder().found()).details
    lines = detail.shown[0].time_line.lines
    assert [0, 2, 3, 4, 5] == [line.told.seq for line in lines]
    assert [4] == [line.told.seq for line in lines if line.cited]
    assert {64} == {len(line.told.hash) for line in lines}


def test_ended_cases_no_rule_has_looked_at_are_counted() -> None:
    assert 1 == view(CampaignBuilder().case().case(verdicts=CLEAN).case(open_=True)).unjudged


def test_the_trend_counts_each_breach_class_in_its_week() -> None:
    built = CampaignBuilder().found(ended=at("07-26")).found(FREE_WORDS).found()
    trend = {str(one.week): dict(one.findings) for one in view(built).trend}
    expected = {"price_fraud": 1, "misleading_ads": 1, "forced_subscription": 0, "carrier_duty": 0}
    assert expected == trend["2006-W31"]
    assert (1, "2006-W22") == (trend["2006-W30"]["price_fraud"], min(trend))
    assert POLICY.starts >= Week.parse(min(trend)).monday


def test_a_judgement_nobody_can_read_is_told_with_what_to_do() -> None:
    built = CampaignBuilder().case(verdicts=CLEAN)
    with built.journal.writing() as connection:
        connection.execute(text("update judgements set verdicts = '{'"))
    told = r"judgement of case case-0001 that nobody can read.*`dialtest judge`"
    with speaking("en"), pytest.raises(DialtestError, match=told):
        view(built)
