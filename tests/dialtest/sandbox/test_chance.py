"""Chance in the box: the same for a seed, each number's own, and never unfair to honest providers."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from dialtest.model.observation import Message, Trouble
from dialtest.sandbox.agenda import Agenda
from dialtest.sandbox.chance import Chance, draw
from dialtest.sandbox.delivery import DUPLICATED_SHARE, Delivery, Outages
from dialtest.sandbox.faults import ALL_FAULTS
from dialtest.sandbox.planted import FaultPlan, Planted
from tests.dialtest.sandbox.box import FUNDED, NEWS, OTHER, TONES, Box, at


def life(seed: int, others: tuple[str, ...] = ()) -> list[tuple[str, Message]]:
    """What the number FUNDED hears in two months, beside what others do."""
    box = Box(seed=seed, numbers=(FUNDED, *others))
    for number in others:
        box.order(TONES, "2006-07-10 11:00", number)
    box.order(when="2006-07-10 12:00")
    for number in others:
        box.order(NEWS, number=number)
    box.withdraw("2006-08-05 10:00")
    return [told for told in box.until("2006-08-31 00:00").heard if told[0] == FUNDED]


def test_the_same_seed_gives_the_same_life() -> None:
    assert life(5) == life(5)


def test_another_seed_gives_another() -> None:
    assert life(5) != life(6)


def test_a_numbers_fate_does_not_depend_on_the_others() -> None:
    assert life(5) == life(5, (OTHER, "13900000003"))


def test_an_outage_delays_messages_and_loses_none() -> None:
    outages = Outages(3)
    noon = at("2006-07-01 12:00")
    begins = next(when for when in (noon + timedelta(minutes=10 * step) for step in range(20_000)) if outages.end(when))
    ends = outages.end(begins)
    assert ends is not None
    assert timedelta(0) < ends - begins <= timedelta(minutes=40)
    agenda, arrived = Agenda(begins), list[Message]()
    delivery = Delivery(agenda, outages, lambda _, message: arrived.append(message))
    delivery.send(FUNDED, "10086", "text", 0, Chance(1))
    agenda.advance(begins + timedelta(hours=1))
    assert [begins] * len(arrived) == [message.sent_at for message in arrived]
    assert ends <= arrived[0].at <= ends + timedelta(seconds=40)


def test_while_the_network_is_away_nothing_is_done() -> None:
    box = Box(outages=True)
    outages = box.carrier.core.outages
    while outages.end(box.agenda.now) is None:
        box.agenda.advance(box.agenda.now + timedelta(minutes=10))
    trouble = box.withdraw()
    assert isinstance(trouble, Trouble)
    assert "outage" == trouble.failure


def test_about_one_day_in_twenty_has_an_outage() -> None:
    outages, begins = Outages(1), at("2006-06-01 00:00")
    days = 2000
    away = sum(
        any(outages.end(begins + timedelta(days=day, minutes=minute)) for minute in range(0, 1440, 9))
        for day in range(days)
    )
    assert 60 <= away <= 145


def test_a_few_messages_arrive_twice_with_the_same_stamp() -> None:
    agenda, arrived = Agenda(at("2006-07-01 12:00")), list[Message]()
    delivery = Delivery(agenda, Outages(99), lambda _, message: arrived.append(message))
    chance, sent = Chance(4), 3000
    for number in range(sent):
        delivery.send(FUNDED, "10086", str(number), 0, chance)
    agenda.advance(agenda.now + timedelta(hours=2))
    twice = len(arrived) - sent
    assert 0.5 * DUPLICATED_SHARE * sent < twice < 1.5 * DUPLICATED_SHARE * sent
    assert sent == len({(message.text, message.sent_at) for message in arrived})


def test_a_draw_depends_on_what_is_drawn_alone() -> None:
    assert draw(1, "fault", "13900000001") == draw(1, "fault", "13900000001")
    assert draw(1, "fault", "13900000001") != draw(1, "fault", "13900000002")
    mean = sum(draw(1, number) for number in range(4000)) / 4000
    assert abs(mean - 0.5) < 0.03


def test_draws_between_two_bounds_reach_each_of_them_alike_and_nothing_beyond() -> None:
    chance = Chance(1, "13900000001")
    drawn = Counter(chance.between(5, 9) for _ in range(8000))
    assert [5, 6, 7, 8] == sorted(drawn)
    assert all(1850 < count < 2150 for count in drawn.values())


def test_streams_of_neighbouring_numbers_have_nothing_in_common() -> None:
    first = [Chance(1, number).between(0, 100) for number in range(13_900_000_000, 13_900_002_000)]
    assert 48 < sum(first) / len(first) < 52
    assert 10 <= sum(one == other for one, other in pairwise(first)) <= 32


def test_another_stream_takes_nothing_from_the_one_it_began_beside() -> None:
    alone, beside = Chance(1, "13900000001"), Chance(1, "13900000001")
    other = beside.another()
    others = [other.between(0, 100) for _ in range(4000)]
    drawn = [alone.between(0, 100) for _ in range(4000)]
    assert drawn == [beside.between(0, 100) for _ in range(4000)]
    assert 20 <= sum(one == two for one, two in zip(drawn, others, strict=True)) <= 64
    assert 48 < sum(others) / len(others) < 52


def over_tariff(share: float = 1.0, since: str = "") -> Planted:
    conduct = ALL_FAULTS["charge-over-tariff"]()
    return Planted("charge-over-tariff", frozenset({NEWS.key}), conduct, share, at(since) if since else None)


@pytest.mark.parametrize(("ordered", "fees"), [("2006-07-14 23:59", [3000]), ("2006-07-15 00:00", [4500])])
def test_a_fault_strikes_orders_from_its_day_on(ordered: str, fees: list[int]) -> None:
    box = Box(faults=[over_tariff(since="2006-07-15 00:00")]).order(when=ordered).until("2006-08-02 00:00")
    assert fees == [charge.fee_fen for charge in box.carrier.accounts[FUNDED].charges]


def test_a_fault_of_a_share_strikes_that_share_of_the_numbers_and_the_same_ones_again() -> None:
    plan = FaultPlan([over_tariff(share=0.3)], 7)
    struck = [
        number
        for number in range(3000)
        if plan.conduct(NEWS.key, str(number), at("2006-07-10 12:00")).cut_fees(NEWS) != (3000,)
    ]
    assert 800 < len(struck) < 1000
    assert struck == [
        n for n in range(3000) if over_tariff(share=0.3).strikes(7, NEWS.key, str(n), at("2006-08-10 12:00"))
    ]


def test_a_fault_touches_the_services_it_is_planted_on_alone() -> None:
    box = Box(faults=[over_tariff()]).order(TONES, "2006-07-10 12:00").until("2006-08-02 00:00")
    assert [500] == [charge.fee_fen for charge in box.carrier.accounts[FUNDED].charges]


def test_of_two_faults_the_first_that_strikes_is_met() -> None:
    twice = Planted("charge-twice-a-month", frozenset({NEWS.key}), ALL_FAULTS["charge-twice-a-month"]())
    box = Box(faults=[over_tariff(), twice]).order(when="2006-07-10 12:00").until("2006-08-02 00:00")
    assert [4500] == [charge.fee_fen for charge in box.carrier.accounts[FUNDED].charges]


def test_a_cheats_reminders_leave_other_providers_reminders_alone() -> None:
    fault = ALL_FAULTS["second-reminder-missing"]()
    box = Box(faults=[Planted("second-reminder-missing", frozenset({NEWS.key}), fault)])
    box.order(when="2006-07-10 12:00").order(TONES).until("2006-08-02 00:00")
    (reminder,) = box.texts("本月内退定")
    assert "精品图铃" in reminder.text
    assert "头条新闻" not in reminder.text


def test_only_control_numbers_are_preyed_upon() -> None:
    fault = ALL_FAULTS["control-number-subscribed"]()
    prey = Planted("control-number-subscribed", frozenset({NEWS.key}), fault)
    box = Box(faults=[prey], numbers=(FUNDED, "13700000001")).until("2006-08-02 00:00")
    held = {number: len(account.subscriptions) for number, account in box.carrier.accounts.items()}
    assert {FUNDED: 0, "13700000001": 1} == held


@pytest.mark.parametrize(("ordered", "fees"), [("2006-07-14 23:59", [4500]), ("2006-07-15 00:00", [3000])])
def test_a_fault_spares_orders_from_the_day_it_is_mended(ordered: str, fees: list[int]) -> None:
    mended = replace(over_tariff(), until=at("2006-07-15 00:00"))
    box = Box(faults=[mended]).order(when=ordered).until("2006-08-02 00:00")
    assert fees == [charge.fee_fen for charge in box.carrier.accounts[FUNDED].charges]
