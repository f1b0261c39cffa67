"""What a finding says the customer is owed, and what complaints must bring back."""

from __future__ import annotations

import pytest

from dialtest.model.finding import Finding
from dialtest.rules.complaining import complaints, due
from dialtest.rules.example import PER_USE, Story, story, subscription_story, withdrawn
from dialtest.rules.judge import judge_case
from dialtest.rules.refund_doubled_without_cause import REFUND_DOUBLED_WITHOUT_CAUSE
from dialtest.rules.registry import ALL_RULES
from dialtest.rules.rule import Rule
from dialtest.rules.wrong_charge import refund_due_fen
from dialtest.rules.wrong_charges import CHARGE_RULES, wrong_charges
from dialtest.sandbox.faults import ALL_FAULTS
from tests.dialtest.rules.small_world import dial, filed, planted


def findings(told: Story) -> dict[str, Finding]:
    return {finding.rule: finding for finding in judge_case(told.evidence(), ALL_RULES).findings}


def verdict(told: Story, rule: str) -> str | None:
    return judge_case(told.evidence(), ALL_RULES).verdicts.get(rule)


def overcharged(wants: str = "refund") -> Story:
    """20 yuan too much, complained of at once."""
    return subscription_story().charged(5000).complained(wants)  # type: ignore[arg-type]


# What findings carry


def test_a_charge_above_the_tariff_owes_twice_the_excess() -> None:
    assert 4000 == refund_due_fen(findings(subscription_story().charged(5000))["charge-over-tariff"])


def test_a_charge_in_the_free_period_owes_twice_the_whole_fee() -> None:
    told = story(day=21).ordered().to_next_first().charged(3000)
    assert 6000 == refund_due_fen(findings(told)["charge-in-free-period"])


def test_two_charges_after_a_withdrawal_owe_twice_both() -> None:
    told = withdrawn().to_next_first().charged(3000).to_next_first().charged(3000)
    assert 12_000 == refund_due_fen(findings(told)["charge-after-withdrawal"])


def test_a_finding_without_a_wrong_charge_owes_nothing() -> None:
    found = findings(subscription_story().charged(3000).complained().listened(days=6))["complaint-unanswered"]
    assert 0 == refund_due_fen(found)
    assert "refund_due_fen" not in found.facts


@pytest.mark.parametrize("rule", CHARGE_RULES, ids=lambda rule: rule.name)
def test_every_charge_rule_says_what_its_broken_example_owes(rule: Rule) -> None:
    [finding] = judge_case(rule.broken(), [rule]).findings
    assert refund_due_fen(finding) > 0


def test_a_charge_wrong_for_two_reasons_is_refunded_once_by_the_larger_amount() -> None:
    told = story(day=21).ordered().to_next_first().charged(5000)
    assert {"charge-over-tariff", "charge-in-free-period"} <= findings(told).keys()
    assert [5000] == [wrong.fen for wrong in wrong_charges(told.evidence())]


# What complaints must bring back


def test_the_excess_once_and_once_on_top_leaves_nothing_to_find() -> None:
    told = overcharged().later(days=1).answered_complaint().refunded(2000).refunded(2000, "double_return")
    assert {"charge-over-tariff"} == findings(told.later(days=5).read_bill()).keys()


def test_a_refund_one_fen_short_is_missing() -> None:
    told = overcharged().later(days=1).answered_complaint().refunded(1999).later(days=5).read_bill()
    assert "refund-missing" in findings(told)


def test_a_return_on_top_one_fen_short_is_not_doubled() -> None:
    told = overcharged().later(days=1).answered_complaint().refunded(2000).refunded(1999, "double_return")
    assert {"charge-over-tariff", "refund-not-doubled"} == findings(told.later(days=5).read_bill()).keys()


def test_before_the_money_is_due_nobody_can_say_that_it_is_missing() -> None:
    told = overcharged().later(hours=84).read_bill()
    assert "inconclusive" == verdict(told, "refund-missing")
    assert "finding" == verdict(overcharged().later(hours=84, minutes=1).read_bill(), "refund-missing")


def test_decided_after_three_days_it_is_a_refund_only() -> None:
    in_time = overcharged().later(days=3).answered_complaint().refunded(2000).later(days=2).read_bill()
    late = overcharged().later(days=3, minutes=1).answered_complaint().refunded(2000).later(days=2).read_bill()
    assert "refund-not-doubled" in findings(in_time)
    assert "refund-not-doubled" not in findings(late)


def test_whoever_asks_for_all_fees_gets_them() -> None:
    told = overcharged("all_fees").later(days=1).answered_complaint()
    [complaint] = complaints(told.read_bill().evidence())
    assert (5000, 2000) == (due(told.evidence(), complaint).refund_fen, due(told.evidence(), complaint).on_top_fen)
    some = told.refunded(2000).refunded(2000, "double_return").later(days=5).read_bill()
    assert "refund-missing" in findings(some)


def test_whoever_asks_for_all_fees_later_gets_those_of_earlier_months_too_less_what_came_back_of_them() -> None:
    told = overcharged().later(days=1).answered_complaint().refunded(2000).refunded(2000, "double_return").read_bill()
    told.to_next_first().charged(5000).complained("all_fees").later(days=1)
    told.answered_complaint().refunded(8000, "all_fees").refunded(2000, "double_return")
    evidence = told.later(days=5).read_bill().evidence()
    second = complaints(evidence)[1]
    assert (8000, 2000) == (due(evidence, second).refund_fen, due(evidence, second).on_top_fen)
    assert {"charge-over-tariff"} == findings(told).keys()


def test_all_that_was_charged_may_come_back_once_more_on_top_and_not_a_fen_more() -> None:
    def back(refund_fen: int, on_top_fen: int) -> set[str]:
        told = overcharged().later(days=1).answered_complaint()
        told.refunded(refund_fen).refunded(on_top_fen, "double_return").later(days=5).read_bill()
        return findings(told).keys() - {"charge-over-tariff"}

    assert set() == back(5000, 5000)
    assert {"refund-exceeds-fees"} == back(5001, 5000)
    assert {"refund-exceeds-fees"} == back(4000, 4001)


def test_an_honest_charge_complained_of_owes_nothing() -> None:
    told = subscription_story().charged(3000).complained().later(days=1).answered_complaint("correct")
    assert {} == findings(told.later(days=5).read_bill())


def test_an_answer_from_another_port_is_none() -> None:
    told = overcharged().later(days=1).answered_complaint(sender="106600001").listened(days=6)
    assert "complaint-unanswered" in findings(told)


def test_an_answer_may_arrive_late_if_it_was_sent_in_time() -> None:
    told = overcharged().later(hours=84).answered_complaint().listened(days=3)
    assert "clean" == verdict(told, "complaint-unanswered")


def test_nobody_is_accused_of_silence_who_was_not_listened_to() -> None:
    assert "inconclusive" == verdict(overcharged().listened(days=4), "complaint-unanswered")


def test_doubling_is_held_against_the_carriers_own_answer_alone() -> None:
    told = story(service=PER_USE).used().charged(200, "per_use").complained().later(days=1)
    told.refunded(200).refunded(200, "double_return")
    silent = judge_case(told.later(days=5).read_bill().evidence(), [REFUND_DOUBLED_WITHOUT_CAUSE])
    assert {"refund-doubled-without-cause": "inconclusive"} == silent.verdicts
    upheld = story(service=PER_USE).used().charged(200, "per_use").complained().later(days=1).answered_complaint()
    upheld.refunded(200).refunded(200, "double_return").later(days=5).read_bill()
    assert {"refund-doubled-without-cause": "clean"} == judge_case(
        upheld.evidence(), [REFUND_DOUBLED_WITHOUT_CAUSE]
    ).verdicts


@pytest.mark.parametrize(
    "name", [name for name, fault in ALL_FAULTS.items() if "GB" not in fault.markets and fault.breach != "carrier_duty"]
)
def test_the_honest_carrier_finds_and_returns_to_the_fen_what_the_case_shows_to_be_wrong(name: str) -> None:
    names = [
        "complain-and-be-refunded",
        "complain-again-for-all-fees",
        "complain-of-charge-after-withdrawal",
        "complain-without-cause",
    ]
    for one in dial(filed(), names, [planted(name, filed())], dials=2):
        for complaint in complaints(one.evidence):
            if complaint.said != "unverified":
                assert bool(complaint.about) == (complaint.said == "wrong")
                back_fen = complaint.back_fen("refund", "all_fees", "double_return")
                assert due(one.evidence, complaint).total_fen == back_fen


def test_word_that_a_complaint_was_received_is_no_answer_to_it() -> None:
    told = subscription_story().charged(3000).complained().later(hours=1).heard("您的投诉T1已受理")
    assert "complaint-unanswered" in findings(told.listened(days=6))


@pytest.mark.parametrize(("hours", "late"), [(71, False), (77, False), (79, True)])
def test_money_on_top_is_due_only_for_what_was_verified_within_three_days(hours: int, late: bool) -> None:
    told = subscription_story().charged(5000).complained().later(hours=hours).answered_complaint()
    told.refunded(2000).refunded(2000, "double_return").later(days=5).read_bill()
    assert late == ("refund-doubled-without-cause" in findings(told))
