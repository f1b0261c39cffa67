"""The query command by SMS: who is answered what, and what a reply withdraws (Q7, T9, Q9)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from dialtest.model.act import Send
from dialtest.model.observation import Sent
from dialtest.policy.numbered_list import missing_parts, number_in
from tests.dialtest.sandbox.box import FUNDED, NEWS, POLICY, TONES, WEATHER, Box, at

OPENING = "您已定购的梦网业务"
CLOSED_AFTER = "2006-10-01 00:00"
ANSWER = POLICY.terms(at("2006-07-10 12:00")).short_code.answer  # type: ignore[union-attr]


def say(box: Box, text: str, to: str = "10086") -> None:
    """A message to the carrier."""
    assert isinstance(box.do(Send(to, text, "query")), Sent)


def listed(box: Box, wait: str, to: str = "10086") -> list[str]:
    """The list that comes by `wait` when the query command is sent now."""
    say(box, "0000", to)
    return [message.text for message in box.until(wait).texts(OPENING)]


def statuses(box: Box) -> dict[str, str]:
    return {row.service_name: row.status for row in box.query().subscriptions}


def both_held() -> Box:
    return Box().order(NEWS, "2006-07-10 12:00").order(TONES, "2006-07-10 12:01").until("2006-07-10 13:00")


def test_the_list_names_everything_held_with_its_number_and_tariff() -> None:
    assert [
        "您已定购的梦网业务:1.新浪“头条新闻”30元/月;2.腾讯公司“精品图铃”5元/月。回复序号退订该业务,回复00000全部退订。中国移动"
    ] == listed(both_held(), "2006-07-10 13:10")


def test_the_list_is_sent_from_10086_within_five_minutes_whatever_the_seed() -> None:
    for seed in range(30):
        box = Box(seed=seed).order(NEWS, "2006-07-10 12:00").until("2006-07-10 13:00")
        say(box, "0000")
        (answer,) = box.until("2006-07-10 14:00").texts(OPENING)
        assert "10086" == answer.sender
        assert 0 < (answer.sent_at - at("2006-07-10 13:00")).total_seconds() <= 300


def test_who_holds_nothing_is_told_so() -> None:
    box = Box().until("2006-07-10 13:00")
    assert [] == listed(box, "2006-07-10 13:10")
    assert 1 == len(box.texts("您目前没有定购梦网业务"))


def test_a_long_list_comes_in_numbered_parts_and_each_service_is_found_in_it() -> None:
    services = [replace(NEWS, service_code=f"X{n}", name=f"长篇连载小说{n}", access_number=f"10660{n:02d}",
                        order_command=f"DZ{n}") for n in range(12)]  # fmt: skip
    box = Box(services=services).until("2006-07-10 12:00")
    for service in services:
        box.order(service)
    box.until("2006-07-10 13:00")
    say(box, "0000")
    texts = [message.text for message in sorted(
        (message for message in box.until("2006-07-10 14:00").texts("/") if message.sent_at >= at("2006-07-10 13:00")),
        key=lambda message: message.sent_at)]  # fmt: skip
    assert len(texts) > 3
    assert all(len(text) <= 70 for text in texts)
    assert [str(n + 1) for n in range(12)] == [number_in(texts, POLICY, ANSWER, service) for service in services]
    assert not missing_parts(texts)
    assert missing_parts(texts[1:])
    assert missing_parts(texts[:-1])


def test_a_number_sent_back_withdraws_that_one_and_10086_confirms_it() -> None:
    box = both_held()
    listed(box, "2006-07-10 13:10")
    say(box, "2")
    box.until("2006-07-11 13:10")
    assert {"头条新闻": "active", "精品图铃": "withdrawn"} == statuses(box)
    (confirmation,) = box.texts("您已成功退订")
    assert "精品图铃" in confirmation.text
    assert (confirmation.sent_at - at("2006-07-10 13:10")).total_seconds() <= 300


@pytest.mark.parametrize("asked_before", [True, False])
def test_five_noughts_withdraw_from_everything_listed_or_not(asked_before: bool) -> None:
    box = both_held()
    if asked_before:
        listed(box, "2006-07-10 13:10")
    say(box, "00000")
    box.until("2006-07-11 13:10")
    assert {"头条新闻": "withdrawn", "精品图铃": "withdrawn"} == statuses(box)
    assert 2 == len(box.texts("您已成功退订"))


@pytest.mark.parametrize("reply", ["3", "0", "-1", "", "１", "²", "9" * 5000, "1.0", "TDXW"])
def test_other_replies_change_nothing(reply: str) -> None:
    box = both_held()
    listed(box, "2006-07-10 13:10")
    say(box, reply)
    assert {"active"} == set(statuses(box.until("2006-07-12 13:10")).values())


def test_numbers_of_a_list_are_good_for_a_day() -> None:
    box = both_held()
    listed(box, "2006-07-11 12:59")
    say(box, "1")
    assert {"头条新闻": "withdrawn", "精品图铃": "active"} == statuses(box.until("2006-07-12 14:00"))
    late = both_held()
    listed(late, "2006-07-11 13:01")
    say(late, "1")
    assert {"active"} == set(statuses(late.until("2006-07-12 14:00")).values())


def test_the_old_port_answers_until_october_and_then_leads_nowhere() -> None:
    box = Box("2006-09-01 00:00").order(NEWS, "2006-09-30 12:00")
    assert 1 == len(listed(box.until("2006-09-30 23:00"), "2006-09-30 23:30", to="1862"))
    late = Box("2006-09-01 00:00").order(NEWS, "2006-09-30 12:00").until(CLOSED_AFTER)
    assert [] == listed(late, "2006-10-01 01:00", to="1862")
    assert 1 == len(listed(late, "2006-10-01 02:00"))


def test_asking_needs_no_balance_and_costs_nothing() -> None:
    box = Box().order(NEWS, "2006-07-10 12:00").until("2006-07-10 13:00")
    box.carrier.accounts[FUNDED].balance_fen = 0
    assert 1 == len(listed(box, "2006-07-10 13:10"))
    assert [] == box.charged()


def test_who_asks_by_sms_hears_everything_else_as_if_nothing_had_been_asked() -> None:
    def confirmed(asks: bool) -> list[tuple[str, str]]:
        box = Box().order(NEWS, "2006-07-10 12:00").until("2006-07-10 13:00")
        if asks:
            say(box, "0000")
        box.until("2006-07-10 15:00")
        box.order(TONES).until("2006-07-10 16:00")
        return [(str(message.sent_at), message.text) for who, message in box.heard if "您已定购" not in message.text]

    assert confirmed(asks=False) == confirmed(asks=True)


def test_what_was_used_once_is_on_no_list() -> None:
    box = Box().order(WEATHER, "2006-07-10 12:00").until("2006-07-10 13:00")
    assert [] == listed(box, "2006-07-10 13:10")
