"""The market with a second yes and receipts: its own rules at their edges, and nothing of the first market in it."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import msgspec
import pytest

from dialtest.evidence.record import Outcome, encode
from dialtest.model.act import Send
from dialtest.model.observation import Bill
from dialtest.model.service import Service
from dialtest.rules.example import Story
from dialtest.rules.judge import judge_case
from dialtest.rules.registry import ALL_RULES
from dialtest.rules.uk_example import JOKES, asked, charged, subscribed
from dialtest.sandbox.faults import ALL_FAULTS
from tests.dialtest.rules.small_world import Dialled, dial, planted, policy_of, scenarios

MARKET = "uk-premium-2019"
RULES = {rule.name: rule for rule in ALL_RULES}
GAME = replace(
    JOKES,
    service_code="GAME",
    name="Pocket Chess",
    service_type="java",
    access_number="84002",
    order_command="CHESS",
    page_url="http://acme.example/chess",
)
VOTE = replace(
    JOKES, service_code="VOTE", name="Star Vote", billing_type="per_use", fee_fen=50, fee_unit="message",
    access_number="84003", order_command="VOTE",
)  # fmt: skip
RING = replace(
    VOTE, service_code="RING", name="Ring Shop", service_type="wap", fee_unit="use", access_number="84004",
    page_url="http://acme.example/ring",
)  # fmt: skip
CARDS = replace(JOKES, service_code="CARDS", name="Picture Cards", service_type="mms", order_command="CARDS")
SERVICES = (JOKES, GAME, VOTE, RING, CARDS)
PLANTABLE = [name for name, fault in ALL_FAULTS.items() if not fault.markets or "GB" in fault.markets]


def dialled(*names: str, services: tuple[Service, ...] = SERVICES, **more: object) -> list[Dialled]:
    """Dials in this market."""
    return dial(services, names, policy=MARKET, **more)  # type: ignore[arg-type]


def finds(rule: str, told: Story) -> bool:
    """Whether one rule finds something."""
    return bool(judge_case(told.evidence(), [RULES[rule]]).findings)


def charges(one: Dialled) -> int:
    """How often the last bill of a case was charged."""
    bill = next(r.result for r in reversed(one.records) if isinstance(r, Outcome) and isinstance(r.result, Bill))
    return len(bill.charges)


# The honest carrier


def test_an_order_that_is_never_confirmed_costs_nothing_and_subscribes_to_nothing() -> None:
    for one in dialled("order-without-second-yes", "answer-no-to-the-prompt"):
        if not one.evidence.troubles:
            assert charges(one) == 0
            assert not any(noted.value.subscriptions for noted in one.evidence.answers)


def test_the_second_yes_is_given_by_message_also_to_an_order_on_a_page() -> None:
    (one,) = dialled("keep-four-weeks", services=(GAME,))
    sent = [r.act.text for r in one.records if isinstance(r, Outcome) and isinstance(r.act, Send)]
    assert ["YES", "STOP"] == sent
    assert one.evidence.subscription_order is not None
    assert one.evidence.subscription_order.confirmed


def test_a_subscription_kept_for_four_weeks_is_charged_four_times_each_with_its_receipt() -> None:
    (one,) = dialled("keep-four-weeks", services=(JOKES,))
    times = [noted.value.charged_at for noted in one.evidence.own_charges]
    assert [timedelta(days=7)] * 3 == [after - before for before, after in pairwise(times)]
    receipts = [noted for noted in one.evidence.messages if "Receipt" in noted.value.text]
    assert len(times) == len(receipts) == 4


def test_every_use_has_its_receipt_too() -> None:
    for one in dialled("per-use-order"):
        receipts = [noted for noted in one.evidence.messages if "Receipt" in noted.value.text]
        assert len(one.evidence.own_charges) == len(receipts) == 2


def test_a_stop_that_services_of_one_port_share_ends_the_one_that_is_held() -> None:
    (one,) = dialled("withdraw-in-free-period", services=(CARDS,))
    assert ["withdrawn"] == [row.status for row in one.evidence.answers[-1].value.subscriptions]
    assert one.evidence.own_charges == []


@pytest.mark.parametrize("begins", ["2020-03-22", "2020-03-28", "2020-10-18", "2020-10-24"])
def test_the_weeks_round_a_change_of_summer_time_give_no_finding(begins: str) -> None:
    policy = policy_of(MARKET)
    found = [
        (finding.rule, finding.facts)
        for seed in range(4)
        for one in dialled(
            seed=seed, dials=3, begins=datetime.fromisoformat(begins).replace(tzinfo=policy.zone),
            apart=timedelta(minutes=53),
        )
        for finding in one.findings
    ]  # fmt: skip
    assert [] == found


def test_records_of_a_case_never_go_back_in_time_when_the_clocks_do() -> None:
    begins = datetime(2020, 10, 24, 22, 0, tzinfo=policy_of(MARKET).zone)
    for one in dialled("keep-four-weeks", dials=20, begins=begins, apart=timedelta(minutes=7)):
        instants = [record.at.timestamp() for record in one.records]
        assert sorted(instants) == instants


def test_nothing_of_the_first_market_is_in_any_record_of_this_one() -> None:
    for one in dialled():
        text = b"\n".join(encode(record) for record in one.records).decode()
        assert not any(word in text for word in ("10086", "1862", "元", "中国移动", "退订", "+08:00"))
        assert re.sub("[£“”]", "", text).isascii(), text  # a case's reason quotes what was sent


def test_scenarios_about_the_free_month_are_left_out_of_a_market_without_one() -> None:
    names = {one.evidence.opened.scenario for one in dialled()}
    assert {"order-20th-last-minute", "order-21st-first-minute", "order-month-end"}.isdisjoint(names)
    assert {"order-without-second-yes", "answer-no-to-the-prompt", "keep-four-weeks"} <= names
    assert all(scenarios()[name].markets in ((), ("GB",)) for name in names)


# Faults


@pytest.mark.parametrize("name", PLANTABLE)
def test_every_fault_that_makes_sense_here_is_found_by_its_rule_and_nothing_else_fires(name: str) -> None:
    fault = ALL_FAULTS[name]
    services = (JOKES, GAME, VOTE, RING)
    faults = [planted(name, services)]
    found = {finding.rule for one in dialled(services=services, faults=faults) for finding in one.findings}
    assert fault.rule in found
    assert found <= {fault.rule} | fault.also | fault.also_with_second_yes


def test_this_market_has_at_least_six_faults_of_its_own() -> None:
    assert len([name for name in PLANTABLE if ALL_FAULTS[name].markets == ("GB",)]) >= 6


# Rules at their edges


def test_a_charge_that_needs_no_subscription_is_not_held_against_a_missing_second_yes() -> None:
    assert not finds("subscribed-without-second-yes", asked().later(days=2).queried().charged(300, "per_use"))


def test_an_unconfirmed_order_that_was_never_looked_after_is_inconclusive() -> None:
    rule = RULES["subscribed-without-second-yes"]
    assert judge_case(asked().evidence(), [rule]).verdicts == {rule.name: "inconclusive"}


def test_a_prompt_with_the_price_in_other_words_states_it() -> None:
    assert not finds("prompt-without-price", asked("Daily Jokes is 300p per week. Reply YES to subscribe, STOP to end"))
    assert finds("prompt-without-price", asked("Daily Jokes is £1.00 per week. Reply YES to subscribe, STOP to end"))


def test_content_with_the_word_yes_is_no_prompt() -> None:
    assert not finds("prompt-without-price", subscribed().later(days=1).heard("Yes! Another joke", "84001"))


@pytest.mark.parametrize(("after_s", "missing"), [(1, False), (3600, False), (3601, True)])
def test_a_receipt_counts_when_it_was_sent_within_the_hour(after_s: int, missing: bool) -> None:
    assert missing == finds("receipt-missing", charged(receipt_after_s=after_s))


def test_a_receipt_that_may_still_come_is_not_missed() -> None:
    told = subscribed().later(days=1).charged(300).listened(minutes=30)
    verdicts = judge_case(told.evidence(), [RULES["receipt-missing"]]).verdicts
    assert verdicts == {"receipt-missing": "inconclusive"}


def test_one_receipt_is_not_counted_for_two_charges() -> None:
    told = charged()
    again = subscribed().later(days=1).charged(300).charged(300).later(minutes=1)
    receipt = next(noted.value.text for noted in told.evidence().messages if "Receipt" in noted.value.text)
    assert finds("receipt-missing", again.heard(receipt, JOKES.access_number, 0).listened(hours=6))


def test_a_week_that_is_an_hour_short_is_still_a_week() -> None:
    told = subscribed()
    told.now = datetime(2020, 3, 26, 10, 30, tzinfo=told.policy.zone)
    told.charged(300)
    told.now = datetime(2020, 4, 2, 10, 30, tzinfo=told.policy.zone)
    assert not finds("charged-within-cycle", told.charged(300))


def test_evidence_that_travelled_as_bytes_is_judged_alike() -> None:
    told = charged(receipt_fee_fen=0).evidence()
    charge = told.own_charges[0].value
    assert msgspec.json.decode(msgspec.json.encode(charge), type=type(charge)) == charge
    assert judge_case(told, [RULES["receipt-missing"]]).findings
