"""Complaints in the carrier: verified first, decided by its own ledger, answered in time, paid as a top-up."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count

import pytest

from dialtest.model.act import Claim, Complain, OpenPage, ReadBill, Send
from dialtest.model.observation import Bill, Complained, Refund, Trouble
from dialtest.model.service import Service
from dialtest.sandbox.conduct import Conduct
from dialtest.sandbox.faults import ALL_FAULTS
from dialtest.sandbox.planted import Planted
from dialtest.sandbox.verification import wrong_charges
from tests.dialtest.sandbox.box import FUNDED, NEWS, POLICY, TONES, WEATHER, Box, at

LIMIT = timedelta(hours=84)


def planted(name: str, service: Service = NEWS) -> Planted:
    return Planted(name, frozenset({service.key}), ALL_FAULTS[name]())


def complained(box: Box, service: Service = NEWS, wants: Claim = "refund", channel: str = "hotline") -> Complained:
    taken = box.do(Complain(channel, service.provider_code, service.service_code, "charge", wants))
    assert isinstance(taken, Complained)
    return taken


def refunds(box: Box) -> tuple[Refund, ...]:
    bill = box.do(ReadBill())
    assert isinstance(bill, Bill)
    return bill.refunds


def later(box: Box, length: timedelta) -> Box:
    box.agenda.advance(box.agenda.now + length)
    return box


def boxes(*faults: Planted, begins: str = "2006-07-02 12:00") -> Iterator[Box]:
    """Boxes of one seed after the other, each with an order of 10 June and its first charge."""
    for seed in count():
        box = Box("2006-06-10 12:00", seed=seed, faults=faults)
        yield box.order().until(begins)


def test_a_complaint_is_answered_by_10086_within_its_limit_whatever_the_seed() -> None:
    for _, box in zip(range(40), boxes(), strict=False):
        taken = complained(box)
        answers = later(box, LIMIT).texts(taken.reference)
        assert ["10086"] == [answer.sender for answer in answers]
        assert answers[0].sent_at <= taken.at + LIMIT


def test_an_honest_charge_is_not_returned_but_for_goodwill_or_where_it_could_not_be_verified() -> None:
    kinds = set()
    for _, box in zip(range(200), boxes(), strict=False):
        complained(box)
        kinds |= {(refund.kind, refund.amount_fen) for refund in refunds(later(box, LIMIT))}
    assert {("goodwill", 500), ("refund", 3000)} == kinds


def test_a_charge_above_the_tariff_comes_back_and_once_more_on_top() -> None:
    box = next(boxes(planted("charge-over-tariff")))
    taken = complained(box)
    found = [(refund.kind, refund.amount_fen, refund.reference) for refund in refunds(later(box, LIMIT))]
    assert [("refund", 1500, taken.reference), ("double_return", 1500, taken.reference)] == found


def test_nothing_comes_back_before_the_complaint_was_verified() -> None:
    for _, box in zip(range(30), boxes(planted("charge-over-tariff")), strict=False):
        taken = complained(box)
        complaint = box.carrier.accounts[FUNDED].redress.complaints[0]  # type: ignore[union-attr]
        paid = [refund.at for refund in refunds(later(box, LIMIT))]
        assert complaint.decided_at is not None
        assert paid[0] > complaint.decided_at > taken.at


def test_front_line_staff_decide_some_clear_cases_at_once_and_tell_the_provider() -> None:
    at_once = 0
    for _, box in zip(range(30), boxes(planted("charge-over-tariff")), strict=False):
        taken = complained(box)
        complaint = later(box, LIMIT).carrier.accounts[FUNDED].redress.complaints[0]  # type: ignore[union-attr]
        if complaint.provider_told_at is not None:
            at_once += 1
            assert complaint.decided_at == complaint.provider_told_at <= taken.at + timedelta(minutes=30)
    assert 0 < at_once < 30


def test_what_cannot_be_verified_in_three_days_is_refunded_and_not_doubled() -> None:
    class Slow(Conduct):
        def verifies_complaint_in_s(self, honest_s: int) -> int:
            return 3 * 24 * 3600

        def cut_fees(self, service: Service) -> tuple[int, ...]:
            return (service.fee_fen + 1000,)

    box = next(boxes(Planted("slow", frozenset({NEWS.key}), Slow())))
    taken = complained(box)
    assert [("refund", 4000)] == [(one.kind, one.amount_fen) for one in refunds(later(box, LIMIT))]
    assert box.texts(taken.reference)[0].text.startswith("投诉未能按时核实")


def test_all_fees_since_the_order_come_back_on_request_and_only_what_was_wrong_is_doubled() -> None:
    box = next(boxes(planted("charge-over-tariff"), begins="2006-08-02 12:00"))
    complained(box, wants="all_fees")
    found = [(refund.kind, refund.amount_fen) for refund in refunds(later(box, LIMIT))]
    assert [("all_fees", 9000), ("double_return", 3000)] == found


def test_all_fees_are_those_since_the_order_less_what_an_earlier_complaint_brought_back() -> None:
    box = next(boxes(planted("charge-over-tariff")))
    first = complained(box)
    box.until("2006-08-02 12:00")
    second = complained(box, wants="all_fees")
    found = [(refund.reference, refund.kind, refund.amount_fen) for refund in refunds(later(box, LIMIT))]
    assert [
        (first.reference, "refund", 1500),
        (first.reference, "double_return", 1500),
        (second.reference, "all_fees", 7500),
        (second.reference, "double_return", 1500),
    ] == found


def test_what_a_complaint_settled_is_not_refunded_again() -> None:
    box = next(boxes(planted("charge-over-tariff")))
    complained(box)
    later(box, LIMIT)
    second = complained(box)
    back = [one for one in refunds(later(box, LIMIT)) if one.reference == second.reference and one.kind != "goodwill"]
    assert [] == back


def test_money_that_comes_back_is_on_the_account() -> None:
    box = next(boxes(planted("charge-over-tariff")))
    before = box.carrier.accounts[FUNDED].balance_fen
    complained(box)
    later(box, LIMIT)
    assert before + 3000 == box.carrier.accounts[FUNDED].balance_fen


def test_a_charge_after_a_withdrawal_nobody_heeded_is_wrong_for_the_carrier_too() -> None:
    box = Box("2006-06-10 12:00", faults=[planted("withdrawal-ignored")]).order()
    box.withdraw("2006-06-20 12:00")
    box.until("2006-07-02 12:00")
    complained(box)
    assert 6000 == sum(refund.amount_fen for refund in refunds(later(box, LIMIT)))


def test_an_order_after_the_withdrawal_makes_the_next_charge_honest_again() -> None:
    box = Box("2006-06-10 12:00").order()
    box.withdraw("2006-06-12 12:00")
    box.order(when="2006-06-20 12:00").until("2006-07-02 12:00")
    assert 1 == len(box.charged())
    assert [] == wrong_charges(POLICY, box.carrier.accounts[FUNDED], NEWS)


def test_an_order_in_the_very_second_of_the_withdrawal_makes_it_honest_too() -> None:
    box = Box("2006-07-02 12:00").order(when="2006-07-02 12:00")
    box.withdraw("2006-07-03 12:00")
    box.order().until("2006-08-02 00:00")
    assert ["2006-08-01 00:00"] == box.charged()
    assert [] == wrong_charges(POLICY, box.carrier.accounts[FUNDED], NEWS)


def test_a_wrong_command_is_no_active_use_and_what_it_cost_comes_back_twice() -> None:
    box = Box(faults=[planted("charge-for-command", WEATHER)])
    box.do(Send(WEATHER.access_number, "HELP", "help"))
    assert 1 == len(box.charged())
    [wrong] = wrong_charges(POLICY, box.carrier.accounts[FUNDED], WEATHER)
    assert "no_active_use" == wrong.ground


def test_a_monthly_fee_of_a_service_filed_per_use_contradicts_the_data() -> None:
    box = Box("2006-06-10 12:00", faults=[planted("per-use-charged-monthly", WEATHER)]).order(WEATHER)
    box.until("2006-07-02 12:00")
    [wrong] = wrong_charges(POLICY, box.carrier.accounts[FUNDED], WEATHER)
    assert ("data_contradictory", 1) == (wrong.ground, wrong.place)


def test_a_subscription_nobody_ordered_shows_no_active_use() -> None:
    box = Box("2006-06-10 12:00", faults=[planted("page-view-orders", TONES)])
    box.do(OpenPage(TONES.page_url))
    box.until("2006-07-02 12:00")
    [wrong] = wrong_charges(POLICY, box.carrier.accounts[FUNDED], TONES)
    assert ("no_active_use", 500, True) == (wrong.ground, wrong.fen, wrong.clear)


@pytest.mark.parametrize(
    ("act", "failure"),
    [
        (Complain("pigeon", "900001", "XW", "charge", "refund"), "unknown_channel"),
        (Complain("hotline", "900001", "NO", "charge", "refund"), "refused"),
    ],
)
def test_what_cannot_be_complained_of_is_a_trouble(act: Complain, failure: str) -> None:
    seen = Box().do(act)
    assert isinstance(seen, Trouble)
    assert failure == seen.failure


def test_the_ledger_of_a_carrier_nobody_complained_to_has_no_redress() -> None:
    box = Box().order()
    assert box.carrier.accounts[FUNDED].redress is None
    assert () == refunds(box)


def test_complaints_leave_the_rest_of_a_subscribers_fate_as_it_was() -> None:
    def heard(complain: bool) -> list[tuple[datetime, str]]:
        box = Box("2006-06-10 12:00").order().until("2006-07-02 12:00")
        if complain:
            complained(box)
        box.order(replace(TONES), when="2006-07-10 12:00").until("2006-09-02 00:00")
        return [(message.at, message.text) for _, message in box.heard if "投诉" not in message.text]

    assert heard(False) == heard(True)
    assert at("2006-07-10 12:00") < heard(True)[-1][0]
