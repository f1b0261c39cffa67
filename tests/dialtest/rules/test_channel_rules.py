"""Queries and withdrawals over many channels: what rules must see in them, and what they must not (Q2, Q7–Q9)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from dialtest.evidence.record import Opened, Outcome
from dialtest.model.act import Query, Send, Withdraw
from dialtest.model.observation import Change, Sent, Trouble
from dialtest.policy.numbered_list import numbered_list
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import SERVICE, Story, subscribed, withdrawn
from dialtest.rules.judge import judge_case
from dialtest.rules.registry import ALL_RULES

OTHER = replace(SERVICE, service_code="TL", name="精品图铃", access_number="106600002")


def verdict(told: Story, rule: str) -> str:
    """What one rule says, or `none` where it does not apply."""
    return judge_case(told.evidence(), ALL_RULES).verdicts.get(rule, "none")


def found(told: Story) -> set[str]:
    return {finding.rule for finding in judge_case(told.evidence(), ALL_RULES).findings}


def held(day: int = 10) -> Story:
    """An order an hour ago."""
    return subscribed(day).later(hours=1)


def in_october() -> Story:
    """An order an hour ago, on 10 October."""
    story = subscribed()
    begins = datetime(2006, 10, 10, 12, 0, tzinfo=story.policy.zone)
    return Story(SERVICE, story.policy, begins).ordered().reminded_first().delivered().later(hours=1)


def two_screens(told: Story, apart_minutes: int = 0, **changes: object) -> Story:
    """The hotline and, some minutes later, the website, which shows something else."""
    told.queried(told.row()).later(minutes=apart_minutes)
    return told.queried(told.row(**changes), channel="web")  # type: ignore[arg-type]


# The same answer everywhere


@pytest.mark.parametrize(
    "changes", [{"tariff": "5元/月"}, {"order_channel": "web"}, {"giver": "某人"}, {"history": ()}]
)
def test_any_field_that_differs_is_a_disagreement(changes: dict[str, object]) -> None:
    assert "finding" == verdict(two_screens(held(), **changes), "channels-disagree")


def test_a_subscription_that_one_channel_does_not_show_is_a_disagreement() -> None:
    told = held()
    told.queried(told.row()).queried(channel="web")
    assert "finding" == verdict(told, "channels-disagree")


@pytest.mark.parametrize(("apart_minutes", "verdict_is"), [(0, "finding"), (5, "finding"), (6, "none")])
def test_answers_more_than_five_minutes_apart_are_not_compared(apart_minutes: int, verdict_is: str) -> None:
    assert verdict_is == verdict(two_screens(held(), apart_minutes, tariff="5元/月"), "channels-disagree")


def test_answers_before_and_after_an_order_are_not_compared() -> None:
    told = held()
    told.queried().ordered().queried(told.row(), channel="web")
    assert "none" == verdict(told, "channels-disagree")


def test_minutes_after_the_order_channels_may_still_be_out_of_step() -> None:
    told = subscribed()
    told.now = told.ordered_at
    told.later(minutes=9).queried(told.row()).queried(channel="web")
    assert "clean" == verdict(told, "channels-disagree")


def test_two_answers_of_one_channel_are_no_disagreement() -> None:
    told = held()
    told.queried(told.row()).queried(told.row(tariff="5元/月"))
    assert "none" == verdict(told, "channels-disagree")


def test_what_changed_between_two_answers_is_no_disagreement() -> None:
    told = held()
    told.queried(told.row()).later(minutes=2)
    ended = (*told.row().history, Change(told.now, "withdrawn", "hall"))
    told.later(minutes=1).queried(told.row("withdrawn", history=ended), channel="web")
    assert "clean" == verdict(told, "channels-disagree")


def test_while_a_withdrawal_is_taking_effect_channels_may_differ_in_status_but_not_in_tariff() -> None:
    ended = withdrawn().later(hours=2)
    ended.queried(ended.row("withdrawn")).queried(ended.row(), channel="web")
    assert set() == found(ended)
    dearer = withdrawn().later(hours=2)
    dearer.queried(dearer.row("withdrawn")).queried(dearer.row(tariff="5元/月"), channel="web")
    assert {"channels-disagree"} == found(dearer)


def test_results_of_other_teams_are_not_compared() -> None:
    evidence = two_screens(held(), tariff="5元/月").evidence()
    first = evidence.records[0]
    assert isinstance(first, Opened)
    values = {name: getattr(first, name) for name in first.__struct_fields__}
    imported = CaseEvidence([Opened(**(values | {"origin": "imported"})), *evidence.records[1:]], evidence.policy)
    assert () == judge_case(imported, ALL_RULES).findings


# Withdrawals that do not hold everywhere


def test_a_withdrawal_that_one_channel_does_not_know_is_that_and_nothing_else() -> None:
    told = withdrawn().later(hours=1)
    ended = told.row("withdrawn")
    told.later(days=2).queried(ended).queried(told.row(), channel="web")
    assert {"withdrawal-not-everywhere"} == found(told)


def test_a_withdrawal_that_no_channel_knows_is_ignored_and_nothing_else() -> None:
    told = withdrawn().later(days=2)
    told.queried(told.row()).queried(told.row(), channel="web")
    assert {"withdrawal-ignored"} == found(told)


def test_within_24_hours_it_need_not_hold_anywhere() -> None:
    told = withdrawn().later(hours=20)
    told.queried(told.row("withdrawn")).queried(told.row(), channel="web")
    assert set() == found(told)


# The fifteen fields


@pytest.mark.parametrize("field", ["access_number", "service_hotline", "description", "tariff", "order_channel"])
def test_a_field_that_the_filing_fills_must_be_shown(field: str) -> None:
    told = held()
    told.queried(told.row(**{field: ""}))  # type: ignore[arg-type]
    assert {"answer-incomplete"} == found(told)


@pytest.mark.parametrize("field", ["contact", "giver", "attributes"])
def test_a_field_that_the_filing_leaves_empty_may_be_empty(field: str) -> None:
    told = held()
    told.queried(told.row(**{field: ""}))  # type: ignore[arg-type]
    assert set() == found(told)


def test_a_withdrawn_subscription_whose_history_tells_of_no_withdrawal_is_incomplete() -> None:
    told = withdrawn().later(days=2)
    told.queried(told.row("withdrawn", history=told.row().history))
    assert {"answer-incomplete"} == found(told)


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ("access_number", "106600009"),
        ("service_type", "mms"),
        ("billing_type", "per_use"),
        ("tariff", "3元/月"),
        ("service_hotline", "95105678"),
        ("description", "另一项业务"),
        ("order_channel", "hall"),
    ],
)
def test_a_field_that_no_channel_shows_as_filed_or_done_is_untrue(field: str, shown: str) -> None:
    told = held()
    wrong = told.row(**{field: shown})  # type: ignore[arg-type]
    assert {"answer-untrue"} == found(told.queried(wrong).queried(wrong, channel="web"))


@pytest.mark.parametrize(("minutes", "untrue"), [(-4, False), (4, False), (6, True), (24 * 60, True)])
def test_an_order_shown_at_another_time_than_it_was_made_is_untrue_but_for_clocks_that_disagree(
    minutes: int, untrue: bool
) -> None:
    told = held().later(days=2)
    row = told.row(ordered_at=told.ordered_at + timedelta(minutes=minutes))
    assert untrue == ("answer-untrue" in found(told.queried(row)))


def test_what_one_of_two_channels_shows_wrong_is_a_disagreement_and_nothing_else() -> None:
    assert {"channels-disagree"} == found(two_screens(held(), tariff="3元/月"))


# The list by SMS


def test_a_list_that_comes_after_six_minutes_is_late() -> None:
    told = held().asked_for_list().later(minutes=6).listed().listened(days=2)
    assert {"list-unanswered"} == found(told)


def test_a_case_that_ends_before_a_late_list_could_come_is_untested() -> None:
    assert "inconclusive" == verdict(held().asked_for_list().listened(hours=20), "list-unanswered")


def test_the_query_command_sent_to_the_provider_asks_for_no_list() -> None:
    assert "none" == verdict(held().sent("0000", "query").listened(days=2), "list-unanswered")


def test_a_closed_port_need_not_answer() -> None:
    told = in_october()
    told._did(Send("1862", "0000", "query"), Sent(told.now)).listened(days=2)
    assert "none" == verdict(told, "list-unanswered")


def test_without_a_screen_nobody_can_say_what_the_list_lacks() -> None:
    told = held().asked_for_list().listed(nothing=True).listened(days=2)
    assert "inconclusive" == verdict(told, "list-incomplete")


def test_a_list_without_what_is_not_held_is_whole() -> None:
    assert "clean" == verdict(
        held().queried().asked_for_list().listed(nothing=True).listened(days=2), "list-incomplete"
    )


def parts(told: Story, *, without: int = 0) -> Story:
    """A list of two parts about another provider's services and this one, one part of which may be missing."""
    terms = told.policy.terms(told.now).short_code
    assert terms is not None
    texts = numbered_list(told.policy, terms.answer, [OTHER, OTHER, OTHER, SERVICE])
    assert 2 == len(texts)
    told.later(seconds=30)
    for place, text in enumerate(texts, 1):
        if place != without:
            told.heard(text)
    return told


def test_a_list_in_parts_names_it_in_any_of_them() -> None:
    told = held()
    assert "clean" == verdict(parts(told.queried(told.row()).asked_for_list()).listened(days=2), "list-incomplete")


def test_a_list_with_a_part_missing_is_untested() -> None:
    told = held()
    told = parts(told.queried(told.row()).asked_for_list(), without=2).listened(days=2)
    assert "inconclusive" == verdict(told, "list-incomplete")


# Withdrawing by a number of the list


def replied(text: str, told: Story | None = None) -> Story:
    """A list of two services, this one as number 2, and a reply."""
    told = told or held()
    terms = told.policy.terms(told.now).short_code
    assert terms is not None
    told.asked_for_list().later(seconds=30)
    for line in numbered_list(told.policy, terms.answer, [OTHER, SERVICE]):
        told.heard(line)
    return told.later(minutes=5)._did(Send("10086", text, "withdraw"), Sent(told.now))


@pytest.mark.parametrize(("reply", "withdraws"), [("2", True), ("00000", True), ("1", False), ("3", False)])
def test_the_service_s_own_number_and_the_word_for_all_are_wishes(reply: str, withdraws: bool) -> None:
    assert withdraws == bool(replied(reply).evidence().withdrawals)


def test_a_withdrawal_by_list_is_judged_like_any_other() -> None:
    told = replied("2").listened(days=2)
    told.queried(told.row())
    assert {"withdrawal-unconfirmed", "withdrawal-ignored"} == found(told)


@pytest.mark.parametrize(("sender", "rules"), [("10086", set()), ("1862", {"withdrawal-confirmed-by-wrong-port"})])
def test_from_october_a_withdrawal_by_list_is_confirmed_by_10086_alone(sender: str, rules: set[str]) -> None:
    told = replied("2", in_october()).confirmed_withdrawal(sender=sender).listened(days=2)
    assert rules == found(told)


# Busy halls


def test_what_a_hall_wrote_down_is_in_time_after_twelve_hours_and_late_after_thirteen() -> None:
    assert set() == found(held(25).noted_at_hall().confirmed_withdrawal(12 * 3600).listened(days=2))
    assert {"hall-note-forgotten"} == found(held(25).noted_at_hall().confirmed_withdrawal(13 * 3600).listened(days=2))


@pytest.mark.parametrize(("after_h", "rules"), [(35, set()), (37, {"withdrawal-ignored"})])
def test_its_24_hours_begin_when_the_note_had_to_be_done(after_h: int, rules: set[str]) -> None:
    told = held(25).noted_at_hall().confirmed_withdrawal().later(hours=after_h)
    told.queried(told.row())
    assert rules == found(told)


def test_a_charge_between_the_note_and_what_is_done_about_it_comes_after_the_withdrawal() -> None:
    told = held(25)
    told.now = told.policy.next_first(told.now, 2)
    told.later(minutes=-30).noted_at_hall().later(minutes=30).charged(3000)
    assert "charge-after-withdrawal" in found(told)


# Opening days


@pytest.mark.parametrize(
    ("day", "act", "opened"),
    [
        (10, Query("terminal"), False),
        (25, Query("terminal"), True),
        (25, Query("wap"), False),
        (10, Withdraw("hall", "900001", "XW"), False),
        (25, Withdraw("hall", "900001", "XW"), True),
        (25, Withdraw("web", "900001", "XW"), False),
    ],
)
@pytest.mark.parametrize("failure", ["not_open", "unknown_channel"])
def test_a_channel_may_turn_customers_away_until_its_day(
    day: int, act: Query | Withdraw, opened: bool, failure: str
) -> None:
    told = held(day)
    told._did(act, Trouble(told.now, failure))  # type: ignore[arg-type]
    assert ({"channel-not-open"} if opened else set()) == found(told)


def test_an_outage_is_no_closed_channel() -> None:
    told = held(25)
    told._did(Query("terminal"), Trouble(told.now, "outage"))
    assert set() == found(told)
    assert any(isinstance(record, Outcome) for record in told.evidence().records)
