"""The carrier's subscribers ring 10086: what they hear, and what becomes of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from dialtest.model.act import Call, ReadCalls
from dialtest.model.observation import Called, CallLog, Trouble
from dialtest.sandbox.faults import ALL_FAULTS
from dialtest.sandbox.planted import Planted
from tests.dialtest.sandbox.box import FUNDED, NEWS, OTHER, TONES, Box, at

PEAK = "2006-07-21 14:00"


def call(box: Box, keys: str, number: str = FUNDED, **of: Any) -> Called:
    """One call about the news service."""
    codes = {"provider_code": NEWS.provider_code, "service_code": NEWS.service_code}
    result = box.do(Call("10086", keys, **({"patience_s": 20} | codes | of)), number)
    assert isinstance(result, Called)
    return result


def log(box: Box, number: str = FUNDED) -> CallLog:
    result = box.do(ReadCalls(), number)
    assert isinstance(result, CallLog)
    return result


def ordered(when: str = "2006-07-21 11:00", **box: Any) -> Box:
    """A subscriber of the news service."""
    return Box(**box).order(NEWS, when)


def struck(name: str) -> Planted:
    """A fault on the news service."""
    return Planted(name, frozenset({NEWS.key}), ALL_FAULTS[name]())


def kinds(called: Called) -> list[str]:
    return [said.kind for said in called.said]


def test_the_menu_reads_out_what_is_subscribed_as_the_query_shows_it() -> None:
    box = ordered()
    called = call(box, "1")
    assert ["greeting", "menu", "list", "goodbye"] == kinds(called)
    assert box.query().subscriptions == called.shown
    assert "新浪的头条新闻,30元/月" in called.said[2].text


def test_a_withdrawal_by_the_menu_counts_from_the_second_it_was_uttered() -> None:
    box = ordered("2006-07-31 23:58:00")
    called = call(box.until("2006-07-31 23:59:50"), "21")
    assert called.done_at is not None
    assert at("2006-08-01 00:00") < called.done_at < called.ended_at
    box.until("2006-08-02 12:00")
    row = box.query().subscriptions[0]
    assert ("withdrawn", "hotline_menu") == (row.status, row.history[-1].channel)
    assert 1 == len(box.texts("您已成功退订"))


def test_the_number_pressed_is_that_of_the_service_the_caller_is_on_about() -> None:
    box = ordered().order(TONES)
    called = call(box, "21", provider_code=TONES.provider_code, service_code=TONES.service_code)
    assert "212" == called.pressed
    box.until("2006-07-24 12:00")
    assert {"头条新闻": "active", "精品图铃": "withdrawn"} == {
        row.service_name: row.status for row in box.query().subscriptions
    }


def test_who_holds_nothing_is_told_so() -> None:
    called = call(Box(), "21")
    assert ("您没有定制梦网业务", None, False) == (called.said[-2].text, called.done_at, called.refused)


def test_the_menu_speaks_english() -> None:
    called = call(ordered(), "91")
    assert "Thank you for calling, goodbye" == called.said[-1].text
    assert "1. 头条新闻 by 新浪" in called.said[-2].text


@pytest.mark.parametrize("keys", ["", "7", "777", "2", "9"])
def test_keys_that_lead_nowhere_end_the_call(keys: str) -> None:
    called = call(ordered(), keys)
    assert ("goodbye", None, None) == (kinds(called)[-1], called.shown, called.asked_agent_at)


def test_an_agent_withdraws_and_says_what_is_subscribed() -> None:
    box = ordered("2006-07-10 09:00")
    box.until("2006-07-10 15:00")
    asked = call(box, "0", patience_s=3600, wish="query")
    assert asked.answered_at is not None
    assert box.query().subscriptions == asked.shown
    wished = call(box.until("2006-07-10 16:00"), "0", patience_s=3600, wish="withdraw")
    assert wished.done_at is not None
    box.until("2006-07-12 12:00")
    assert "hotline" == box.query().subscriptions[0].history[-1].channel


def test_at_the_peak_the_caller_waits_is_offered_self_service_and_told_of_other_ways() -> None:
    called = call(ordered().until(PEAK), "0")
    assert ["greeting", "menu", "please_wait", "offer", "other_ways"] == kinds(called)
    assert called.unanswered
    assert 20 == called.waited_s


def test_who_takes_the_self_service_withdraws_by_the_menu_and_is_owed_nothing() -> None:
    box = ordered().until(PEAK)
    called = call(box, "0", wish="withdraw", offered="self_service")
    assert called.chose_self_service
    assert called.done_at is not None
    box.until("2006-07-24 12:00")
    assert "hotline_menu" == box.query().subscriptions[0].history[-1].channel
    assert () == log(box).calls


def test_who_was_not_answered_gets_a_notice_and_one_call_back_that_does_what_was_wanted() -> None:
    box = ordered().until(PEAK)
    called = [call(box.until(f"2006-07-21 {hour}:00"), "0", wish="withdraw") for hour in (14, 15, 16)]
    assert [True, True, True] == [one.unanswered for one in called]
    box.until("2006-07-24 12:00")
    back = log(box).calls
    assert [True] == [one.carried_out for one in back]
    assert called[-1].ended_at < back[0].at <= at("2006-07-22 14:00")
    assert 3 == len([message for _, message in box.heard if "未能接通人工服务" in message.text]) - _doubled(box)
    assert "withdrawn" == box.query().subscriptions[0].status


def _doubled(box: Box) -> int:
    """Copies of notices that came twice."""
    notices = [(message.text, message.sent_at) for _, message in box.heard if "未能接通人工服务" in message.text]
    return len(notices) - len(set(notices))


def test_a_number_s_fate_does_not_depend_on_who_else_rings() -> None:
    alone = call(ordered().until(PEAK), "0", wish="query")
    box = ordered().until(PEAK)
    call(box, "0", OTHER, wish="query")
    assert alone == call(box, "0", wish="query")


@pytest.mark.parametrize(
    ("fault", "expected"), [("call-not-returned", 0), ("call-returned-twice", 2), ("other-ways-untold", 1)]
)
def test_a_fault_changes_how_often_the_caller_is_rung(fault: str, expected: int) -> None:
    box = ordered(faults=[struck(fault)]).until(PEAK)
    call(box, "0", wish="query")
    assert expected == len(log(box.until("2006-07-24 12:00")).calls)


def test_a_call_that_was_forgotten_keeps_no_later_call_from_being_returned() -> None:
    box = ordered(faults=[struck("call-not-returned")]).until(PEAK)
    call(box, "0", wish="query")
    assert () == log(box.until("2006-07-22 16:00")).calls
    other = {"provider_code": TONES.provider_code, "service_code": TONES.service_code}
    assert call(box, "0", wish="query", **other).unanswered
    assert 1 == len(log(box.until("2006-07-24 12:00")).calls)


def test_a_call_back_waits_for_the_network() -> None:
    box = ordered().until(PEAK)
    call(box, "0", wish="query")
    away = at("2006-07-22 12:00")
    box.carrier.core.outages.end = lambda when: away if when < away else None  # type: ignore[method-assign]
    box.until("2006-07-24 12:00")
    assert [away] == [one.at for one in log(box).calls]


def test_other_numbers_are_not_in_service() -> None:
    result = Box().do(Call("10010", "0", 20))
    assert ("refused", "10010 is not in service") == (getattr(result, "failure", ""), getattr(result, "detail", ""))


def test_a_market_without_a_hotline_says_so() -> None:
    box = Box()
    since, terms = box.carrier.core.policy.timeline[0]
    box.carrier.core.policy = replace(box.carrier.core.policy, timeline=((since, replace(terms, hotline=None)),))
    assert isinstance(box.do(Call("10086", "0", 20)), Trouble)


def test_nothing_is_worked_out_before_somebody_asks_for_an_agent() -> None:
    box = ordered()
    call(box, "1")
    assert not box.carrier._reception._days
