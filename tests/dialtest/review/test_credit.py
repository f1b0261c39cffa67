"""Credit points: confirmed breaches cost them by severity, good weeks win them back, and nothing else moves them."""

from __future__ import annotations

from dataclasses import replace

from dialtest.clock import Week
from dialtest.evidence.journal import Journal
from dialtest.policy.load import load_policy
from dialtest.review.credit import Credit, credit_accounts
from dialtest.review.decision import decide
from dialtest.review.matter_file import matter_files
from dialtest.review.outcome import follow_evidence
from tests.dialtest.review.under_review import found, ruling, take, the_file
from tests.reports.campaign_builder import LATE_REMINDER, OVER_TARIFF, POLICY, CampaignBuilder, at, service

BEGINS = at("07-24")


def account(journal: Journal, last: str, provider: str = "900001") -> Credit:
    made = credit_accounts(journal, matter_files(journal), POLICY, BEGINS, Week.parse(last))
    return next(one for one in made if one.provider_code == provider)


def points(journal: Journal, last: str) -> list[int]:
    return [week.points for week in account(journal, last).weeks]


def test_a_provider_begins_with_all_points_and_keeps_them_until_something_is_confirmed() -> None:
    journal = found().journal
    take(journal, "hear")
    assert [100, 100, 100] == points(journal, "2006-W32")


def test_a_confirmed_breach_costs_what_its_severity_says() -> None:
    critical, minor = found(rule=OVER_TARIFF).journal, found(rule=LATE_REMINDER).journal
    for journal in (critical, minor):
        take(journal, "hear", "confirm")
    assert ([100, 100, 90], [100, 100, 99]) == (points(critical, "2006-W32"), points(minor, "2006-W32"))


def test_good_weeks_win_points_back_and_never_more_than_all() -> None:
    built = found()
    take(built.journal, "hear", "confirm", "notify", "rectify")
    for day in ("08-15", "08-22", "08-29", "09-05", "09-12", "09-19", "09-26"):
        built.case(begun=at(day, 9), ended=at(day, 12), verdicts={"charge-over-tariff": "clean"})
    assert [100, 100, 90, 92, 94, 96, 98, 100, 100, 100] == points(built.journal, "2006-W39")


def test_a_confirmation_taken_back_gives_its_points_back() -> None:
    journal = found().journal
    take(journal, "hear", "confirm")
    take(journal, "dismiss", begins=at("08-14"))
    assert [100, 100, 90, 100] == points(journal, "2006-W33")


def test_a_confirmation_taken_back_gives_no_more_points_back_than_it_took() -> None:
    built = CampaignBuilder()
    for number in range(11):
        built.found(replace(OVER_TARIFF, name=f"rule-{number:02d}"))
    for file in matter_files(built.journal):
        for move in ("hear", "confirm"):
            file = decide(built.journal, file, ruling(move), POLICY)
    assert 0 == points(built.journal, "2006-W32")[-1]
    for file in matter_files(built.journal)[-2:]:
        decide(built.journal, file, ruling("dismiss", at("08-10")), POLICY)
    taken_back = account(built.journal, "2006-W32")
    assert (10, 9) == (taken_back.points, taken_back.confirmed)


def test_a_week_without_a_dial_is_no_good_week() -> None:
    journal = found().journal
    take(journal, "hear", "confirm")
    assert [100, 100, 90, 90, 90] == points(journal, "2006-W34")


def test_a_week_with_a_finding_or_past_a_deadline_is_no_good_week() -> None:
    built = found()
    take(built.journal, "hear", "confirm", "notify")
    built.found(begun=at("08-14"), ended=at("08-16")).case(begun=at("08-22"), ended=at("08-24"), verdicts={})
    assert [100, 100, 90, 90, 90] == points(built.journal, "2006-W34")


def test_a_providers_own_dials_win_nothing_back() -> None:
    built = found()
    take(built.journal, "hear", "confirm")
    built.case(begun=at("08-14"), ended=at("08-15"), team="provider", verdicts={})
    assert [100, 100, 90, 90] == points(built.journal, "2006-W33")


def test_a_breach_confirmed_again_after_it_recurred_costs_the_double() -> None:
    built = found()
    take(built.journal, "hear", "confirm", "notify", "rectify")
    built.found(begun=at("08-10"), ended=at("08-18"))
    follow_evidence(built.journal, [the_file(built.journal)], POLICY)
    take(built.journal, "hear", "confirm", begins=at("08-22"))
    assert [100, 100, 90, 90, 70] == points(built.journal, "2006-W34")


def test_points_never_fall_below_none() -> None:
    built = CampaignBuilder(service())
    for number in range(12):
        built.found(OVER_TARIFF, service(f"S{number}"))
    for file in matter_files(built.journal):
        heard = decide(built.journal, file, ruling("hear"), POLICY)
        decide(built.journal, heard, ruling("confirm"), POLICY)
    assert 0 == account(built.journal, "2006-W32").points


def test_what_the_carrier_failed_in_costs_no_provider() -> None:
    journal = found(rule=replace(OVER_TARIFF, breach="carrier_duty")).journal
    take(journal, "hear", "confirm")
    assert [100, 100, 100] == points(journal, "2006-W32")


def test_the_provider_with_the_fewest_points_comes_first() -> None:
    built = found()
    take(built.journal, "hear", "confirm")
    built.case(service("TL", "900003"), verdicts={})
    made = credit_accounts(built.journal, matter_files(built.journal), POLICY, BEGINS, Week.parse("2006-W32"))
    assert ["900001", "900003"] == [one.provider_code for one in made]


def test_a_market_without_credit_points_has_no_accounts() -> None:
    uk = load_policy("uk-premium-2019")
    assert () == credit_accounts(found().journal, (), uk, BEGINS, Week.parse("2006-W32"))
