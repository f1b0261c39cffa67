"""What the rules of the hotline make of calls: who was owed a call back, who was told, what the menu promised."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialtest.model.act import Call, ReadCalls
from dialtest.model.observation import Called, CallLog, Incoming
from dialtest.rules.hotline_example import CallStory
from dialtest.rules.judge import Judgement, judge_case, untested
from dialtest.rules.registry import ALL_RULES

NOTICE = CallStory().policy.timeline[0][1].hotline.emergency.notice  # type: ignore[union-attr]


def judged(told: CallStory) -> Judgement:
    return judge_case(told.evidence(), ALL_RULES)


def found(told: CallStory) -> set[str]:
    """The rules that found something."""
    return {finding.rule for finding in judged(told).findings}


def unanswered() -> CallStory:
    """A call that waited a minute in vain."""
    return CallStory().called("0", waited_s=60, told=True)


def test_a_call_back_within_the_day_makes_an_unanswered_call_good() -> None:
    assert set() == found(unanswered().rung_back(hours=23).looked_up(days=2))


def test_a_call_back_after_the_day_is_none() -> None:
    assert {"call-not-returned"} == found(unanswered().rung_back(hours=25).looked_up(days=2))


def test_one_call_back_makes_all_earlier_calls_good() -> None:
    told = unanswered().later(hours=1).called("0", waited_s=60, told=True)
    assert set() == found(told.rung_back(hours=3).looked_up(days=2))


def test_two_calls_back_for_two_calls_are_right_when_one_came_between() -> None:
    told = unanswered().rung_back(hours=1).later(hours=1).called("0", waited_s=60, told=True)
    assert set() == found(told.rung_back(hours=1).looked_up(days=2))


def test_a_log_that_was_never_read_shows_nothing() -> None:
    verdicts = judged(unanswered().listened(days=3)).verdicts
    assert ("inconclusive", "inconclusive") == (verdicts["call-not-returned"], verdicts["call-returned-twice"])


def test_a_log_read_before_the_call_back_is_due_accuses_nobody() -> None:
    assert "inconclusive" == judged(unanswered().looked_up(hours=5)).verdicts["call-not-returned"]


def test_reading_the_log_twice_makes_no_second_call_of_one() -> None:
    assert set() == found(unanswered().rung_back(hours=1).looked_up(hours=1).looked_up(days=2))


def test_somebody_else_ringing_is_no_call_back() -> None:
    told = unanswered()
    told.rung_back(hours=1)
    told._incoming[0] = Incoming(told.now, "13911111111", 60, False)
    assert {"call-not-returned"} == found(told.looked_up(days=2))


@pytest.mark.parametrize("answered_after_h", [1, 30])
def test_an_agent_later_the_same_day_settles_it(answered_after_h: int) -> None:
    told = unanswered().later(hours=answered_after_h)
    assert isinstance(told, CallStory)
    told._did(Call("10086", "0", 60), Called(told.now, told.now, told.now, "0", (), told.now, told.now))
    assert ({"call-not-returned"} if answered_after_h > 24 else set()) == found(told.looked_up(days=2))


def test_a_message_tells_of_other_ways_as_well_as_a_voice() -> None:
    untold = CallStory().called("0", waited_s=60)
    assert {"other-ways-untold"} == found(untold.rung_back(hours=1).looked_up(days=2))
    told = CallStory().called("0", waited_s=60).later(minutes=2).heard(NOTICE)
    assert set() == found(told.rung_back(hours=1).looked_up(days=2))


def test_a_message_may_still_be_on_its_way_when_the_case_ends() -> None:
    told = CallStory().called("0", waited_s=60).listened(hours=3)
    assert "inconclusive" == judged(told).verdicts["other-ways-untold"]


@pytest.mark.parametrize(("hours", "found_it"), [(8, False), (10, True), (18, True), (20, False)])
def test_a_call_back_keeps_to_the_hours_for_it(hours: int, found_it: bool) -> None:
    told = unanswered().rung_back(hours=hours).looked_up(days=2)
    assert found_it == ("call-returned-out-of-hours" in found(told))


def test_a_call_back_that_the_network_held_up_until_just_after_the_hours_accuses_nobody() -> None:
    told = unanswered()
    closes = told.policy.midnight(told.now.date()) + timedelta(hours=22)
    held_up = closes + timedelta(minutes=40) - told.now
    assert "call-returned-out-of-hours" not in found(
        told.rung_back(seconds=int(held_up.total_seconds())).looked_up(days=2)
    )


def test_a_call_at_night_that_returns_none_of_ours_is_no_call_back() -> None:
    told = CallStory().rung_back(hours=14).later(hours=9).called("0", waited_s=60, told=True)
    assert "call-returned-out-of-hours" not in found(told.rung_back(hours=1).looked_up(days=2))


def test_only_a_call_for_an_agent_can_show_that_no_choice_was_offered() -> None:
    assert "choice-not-offered" in found(CallStory().called("0", waited_s=60, told=True, offered=False))
    assert "choice-not-offered" not in found(CallStory().called("22", told=True, offered=False))
    assert "choice-not-offered" not in found(CallStory().called("0", waited_s=60, offered=False))


def test_who_takes_the_self_service_is_owed_nothing() -> None:
    told = CallStory()
    act, now = Call("10086", "0", 60, "query", offered="self_service"), told.now
    told._did(act, Called(now, now, now, "02", (), now, None, (told.row(),), None, False, True))
    assert set() == found(told.looked_up(days=2)) & {"call-not-returned", "other-ways-untold"}


@pytest.mark.parametrize(("keys", "broken"), [("1", True), ("21", True), ("22", True), ("0", True), ("7", False)])
def test_a_key_of_the_menu_that_leads_to_nothing_is_found(keys: str, broken: bool) -> None:
    assert broken == ("menu-leads-nowhere" in found(CallStory().called(keys)))


def test_calls_imported_from_others_accuse_nobody_of_silence() -> None:
    told = CallStory().called("0", waited_s=60).looked_up(days=2)
    opened = told._records[0]
    told._records[0] = type(opened)(
        **{name: getattr(opened, name) for name in opened.__struct_fields__} | {"origin": "imported"}
    )
    assert set() == found(told) & {"call-not-returned", "other-ways-untold"}


def test_a_wish_heard_in_a_call_back_is_a_wish_to_withdraw() -> None:
    told = unanswered()
    codes = told.service.provider_code, told.service.service_code
    act = Call("10086", "0", 60, "withdraw", *codes)
    told._did(act, Called(told.now, told.now, told.now, "0", (), told.now))
    at = told.later(hours=2).now
    for _ in range(2):
        told._did(ReadCalls(), CallLog(told.later(hours=1).now, (Incoming(at, "10086", 60, True),)))
    assert [("hotline", at, True)] == [(one.channel, one.at, one.accepted) for one in told.evidence().withdrawals]


def test_a_wish_by_the_menu_that_nobody_carried_out_is_a_withdrawal_ignored() -> None:
    told = CallStory()
    act = Call("10086", "21", 0, "", told.service.provider_code, told.service.service_code)
    told._did(act, Called(told.now, told.now, told.now, "211", (), None, None, (told.row(),), told.now))
    told.later(days=2).queried(told.row())
    assert "withdrawal-ignored" in found(told)


steps = st.lists(
    st.sampled_from(
        [
            lambda told: told.called("0", waited_s=30, told=True),
            lambda told: told.called("0", waited_s=300),
            lambda told: told.called("21"),
            lambda told: told.called("1", shown=True),
            lambda told: told.rung_back(hours=5),
            lambda told: told.looked_up(hours=9),
            lambda told: told.listened(days=1),
            lambda told: told.withdrew("hotline").confirmed_withdrawal(),
            lambda told: told.queried(told.row()),
        ]
    ),
    max_size=12,
)


@given(steps)
@settings(max_examples=30)
def test_no_rule_fails_whatever_is_rung_and_said(steps: list[Callable[[CallStory], object]]) -> None:
    told = CallStory()
    for step in steps:
        step(told)
    evidence = told.evidence()
    assert [] == [why for rule in ALL_RULES for why in untested(evidence, rule) if "failed" in why]


@given(steps)
@settings(max_examples=30)
def test_an_unanswered_call_is_made_good_or_found_or_nobody_looked(steps: list[Callable[[CallStory], object]]) -> None:
    told = CallStory().called("0", waited_s=60, told=True)
    for step in steps:
        step(told)
    verdict = judged(told.looked_up(days=2)).verdicts["call-not-returned"]
    late = [
        call.at - told.evidence().calls[0].value.ended_at > timedelta(hours=24, minutes=5) for call in told._incoming
    ]
    assert verdict == "finding" if not told._incoming or all(late) else True
