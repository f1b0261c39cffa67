"""Reminders of existing subscriptions in dials: told from reminder 2, put together from parts, judged by batch."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialtest.model.number import Number
from dialtest.model.observation import Change, Message
from dialtest.policy.wording import second_reminder
from dialtest.rules.assembled import assemble
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import SERVICE, Story, story, subscription_story
from dialtest.rules.existing_example import held, kept, reminded, texts
from dialtest.rules.existing_reminders import existing_reminders, windows_due
from dialtest.rules.judge import judge_case, untested
from dialtest.rules.noted import Noted
from dialtest.rules.registry import ALL_RULES
from tests.dialtest.rules.small_world import dial, filed, planted, policy_of

RULES = {rule.name: rule for rule in ALL_RULES}
EXISTING = [rule for rule in ALL_RULES if rule.name.startswith("existing-reminder-")]


def found(evidence: CaseEvidence) -> list[str]:
    """The rules that find something."""
    return [finding.rule for finding in judge_case(evidence, ALL_RULES).findings]


def days(evidence: CaseEvidence) -> list[tuple[str, str]]:
    """First and last day on which the reminder is due."""
    return [(f"{opens:%m-%d}", f"{closes - timedelta(days=1):%m-%d}") for opens, closes in windows_due(evidence)]


def august(day: int) -> Story:
    """An order in August with its first reminder: reminder 2 is due from the 21st, and there will be a batch."""
    told = story().later(days=31 + day - 10)
    told.ordered().reminded_first().delivered()
    return told


# Told from reminder 2


def test_the_text_with_the_second_way_out_is_no_reminder_2() -> None:
    evidence = kept(reminded(held())).evidence()
    assert len(existing_reminders(evidence)) == 1
    assert {noted.value.sent_at.month for noted in evidence.second_reminders} == {7}


def test_reminder_2_is_no_reminder_of_an_existing_subscription() -> None:
    evidence = kept(held()).evidence()
    assert len(evidence.second_reminders) == 1
    assert existing_reminders(evidence) == ()


def test_a_batch_does_not_stand_for_a_reminder_2_that_never_came() -> None:
    told = august(10)
    told.now = told.policy.midnight(date(2006, 9, 1))
    told.charged(3000).queried(told.row())
    told.now = told.policy.midnight(date(2006, 9, 9)) + timedelta(hours=10)
    assert "second-reminder-missing" in found(kept(reminded(told)).evidence())


def test_reminder_2_in_the_days_of_a_batch_does_not_stand_for_the_batch() -> None:
    told = august(10)
    told.now = told.policy.midnight(date(2006, 8, 22)) + timedelta(hours=10)
    told.reminded_second()
    told.now = told.policy.midnight(date(2006, 9, 1))
    assert found(kept(told.charged(3000).queried(told.row())).evidence()) == ["existing-reminder-missing"]


def test_both_come_to_whoever_is_in_his_last_free_month() -> None:
    told = august(10)
    told.now = told.policy.midnight(date(2006, 8, 22)) + timedelta(hours=10)
    told.reminded_second()
    told.now = told.policy.midnight(date(2006, 9, 1))
    told.charged(3000).queried(told.row())
    told.now = told.policy.midnight(date(2006, 9, 9)) + timedelta(hours=10)
    assert found(kept(reminded(told)).evidence()) == []


def test_reminder_2_sent_late_in_the_days_of_a_batch_is_still_reminder_2() -> None:
    told = august(10)
    told.now = told.policy.midnight(date(2006, 8, 31)) + timedelta(hours=10)
    told.reminded_second()
    told.now = told.policy.midnight(date(2006, 9, 1))
    told.charged(3000).queried(told.row())
    told.now = told.policy.midnight(date(2006, 9, 9)) + timedelta(hours=10)
    assert found(kept(reminded(told)).evidence()) == ["second-reminder-outside-window"]


def test_both_in_the_same_minute_are_two_texts() -> None:
    told = held()
    second = told.policy.terms(told.now).second_reminder
    assert second is not None
    other = replace(SERVICE, name="天气预报", provider_name="腾讯公司")
    two = second_reminder(told.policy, second, [told.service, other])
    assert len(two) == len(texts(told)) == 2
    for text in two:
        told.heard(text, sent_s_ago=30)
    evidence = kept(reminded(told)).evidence()
    assert len(existing_reminders(evidence)) == 1
    assert existing_reminders(evidence)[0].whole


# Its batch


@pytest.mark.parametrize(
    ("brand", "kind", "expected"),
    [
        ("easyown", "wap", ("08-23", "08-24")),
        ("mzone", "sms", ("09-09", "09-10")),
        ("gotone", "voice_magazine", ("09-29", "09-29")),
    ],
)
def test_the_days_follow_from_brand_kind_and_age(brand: str, kind: str, expected: tuple[str, str]) -> None:
    service = replace(SERVICE, service_type=kind)  # type: ignore[arg-type]
    told = story(service, number=Number("13900000001", brand)).ordered().reminded_first()
    told.now = told.policy.midnight(date(2006, 8, 23))
    assert days(told.queried(told.row()).evidence()) == [expected]


def held_with(others: int, withdrawn_at: datetime | None = None) -> Story:
    """A subscription, and a query when the batches begin that shows others beside it."""
    told = subscription_story().charged(3000)
    told.now = told.policy.midnight(date(2006, 8, 23))
    row = told.row()
    rows = [told.row(service_name=f"其他{place}") for place in range(others)]
    if withdrawn_at is not None and rows:
        change = [*row.history, _withdrawn(withdrawn_at)]
        rows[0] = told.row("withdrawn", service_name="其他0", history=tuple(change))
    return told.queried(row, *rows)


def _withdrawn(at: datetime) -> Change:
    return Change(at, "withdrawn", "hotline")


def test_who_holds_more_than_five_belongs_to_the_first_batch() -> None:
    assert days(held_with(4).evidence()) == [("09-09", "09-10")]
    assert days(held_with(5).evidence()) == [("08-21", "08-22")]


def test_what_was_withdrawn_round_the_beginning_leaves_both_batches_possible() -> None:
    begins = policy_of("monternet-2006").midnight(date(2006, 8, 21))
    assert days(held_with(5, begins - timedelta(hours=1)).evidence()) == [("09-09", "09-10")]
    both = [("08-21", "08-22"), ("09-09", "09-10")]
    assert days(held_with(5, begins + timedelta(hours=1)).evidence()) == both


def test_without_a_query_nobody_knows_how_much_was_held() -> None:
    told = subscription_story().charged(3000)
    told.now = told.policy.midnight(date(2006, 10, 8))
    assert days(told.read_bill().evidence()) == [("08-21", "08-22"), ("09-09", "09-10")]


# Could not test


def test_a_withdrawal_before_the_end_of_its_days_makes_it_needless() -> None:
    told = held().withdrew("hotline").confirmed_withdrawal()
    verdicts = judge_case(kept(told, "withdrawn").evidence(), EXISTING).verdicts
    assert "existing-reminder-missing" not in verdicts


def test_a_case_that_ends_in_the_days_of_its_batch_is_no_evidence_of_a_missing_one() -> None:
    told = held().later(hours=3)
    reasons = untested(told.read_bill().evidence(), RULES["existing-reminder-missing"])
    assert reasons == ("the case ended before the days of its batch were over",)


def test_a_text_without_its_first_part_may_have_named_the_service() -> None:
    evidence = kept(reminded(held(), texts(held())[1:])).evidence()
    assert untested(evidence, RULES["existing-reminder-missing"]) == (
        "a text came without some of its parts; the service may have been named in them",
    )
    assert found(evidence) == []


def test_an_order_after_the_batches_began_is_judged_by_none_of_their_rules() -> None:
    told = story().later(days=60).ordered().reminded_first().delivered()
    told.now = told.policy.midnight(date(2006, 10, 20))
    assert judge_case(told.queried(told.row()).evidence(), EXISTING).verdicts == {}


def test_a_copy_the_network_made_is_no_second_reminder() -> None:
    told = reminded(held())
    for text in texts(told):
        told.heard(text)
    assert found(kept(told).evidence()) == []


# Put together


def message(seq: int, text: str, after_s: int = 0, sender: str = "10086") -> Noted[Message]:
    at = datetime(2006, 9, 9, 10, tzinfo=policy_of("monternet-2006").zone) + timedelta(seconds=after_s)
    return Noted(seq, at, Message(at, at, sender, text))


def joined(messages: Sequence[Noted[Message]]) -> list[str]:
    return [text.text for text in assemble(messages)]


def test_parts_are_put_in_the_order_of_their_numbers() -> None:
    assert joined([message(1, "(2/3)b"), message(2, "(1/3)a"), message(3, "(3/3)c")]) == ["abc"]


def test_parts_of_another_sender_number_or_hour_are_another_text() -> None:
    messages = [message(1, "(1/2)a"), message(2, "(2/2)b", sender="1862"), message(3, "(2/3)c"),
                message(4, "(2/2)d", after_s=400), message(5, "e")]  # fmt: skip
    assert joined(messages) == ["a", "b", "c", "d", "e"]


@pytest.mark.parametrize("text", ["(3/2)a", "(0/0)a", "(1/1)a", "(1/2", "1/2)a", ""])
def test_what_is_no_part_stands_as_it_is(text: str) -> None:
    (alone,) = assemble([message(1, text)])
    assert (alone.text, alone.whole) == (text, True)


@given(st.integers(1, 12), st.randoms(use_true_random=False))
def test_however_parts_arrive_the_text_is_the_same(count: int, random: object) -> None:
    parts = [message(place, f"({place}/{count})<{place}>" if count > 1 else "<1>") for place in range(1, count + 1)]
    random.shuffle(parts)  # type: ignore[attr-defined]
    assert joined(parts) == ["".join(f"<{place}>" for place in range(1, count + 1))]


# On the carrier


@pytest.mark.parametrize("seed", range(4))
def test_orders_of_july_and_august_meet_their_batch_whatever_they_do(seed: int) -> None:
    begins = policy_of("monternet-2006").midnight(date(2006, 7, 18 + seed))
    names = ["keep-through-first-bill", "existing-subscription", "existing-subscription-withdrawn"]
    assert [f for one in dial(filed(), names, begins=begins, seed=seed, dials=2) for f in one.findings] == []


def test_a_fault_that_strikes_one_service_touches_no_other_of_the_same_number() -> None:
    services = [one for one in filed() if one.billing_type == "monthly"]
    struck = planted("existing-reminder-understates-tariff", services[:1])
    dialled = dial(services, ["existing-subscription"], [struck])
    assert {f"{f.provider_code}/{f.service_code}" for one in dialled for f in one.findings} == {services[0].key}
