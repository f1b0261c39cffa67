"""The unified query and withdrawal: what the screen shows, and how a subscription ends (Q2, Q5, Q7)."""

from __future__ import annotations

from datetime import timedelta

import pytest

from dialtest.model.act import Query, ReadBill, Withdraw
from dialtest.model.observation import SubscriptionRow, Trouble, Withdrawn
from tests.dialtest.sandbox.box import FUNDED, NEWS, POLICY, Box, at


def test_a_row_has_the_fifteen_fields_of_the_screen_in_its_order() -> None:
    assert 15 == len(SubscriptionRow.__struct_fields__)
    assert SubscriptionRow.__struct_fields__ == POLICY.terms(at("2006-07-10 12:00")).query.fields


def test_the_screen_shows_the_filing_and_the_history() -> None:
    box = Box().order(when="2006-07-10 12:00")
    box.withdraw("2006-07-11 09:00", channel="sms")
    (row,) = box.until("2006-07-12 12:00").query().subscriptions
    assert ("新浪", "106600001", "头条新闻", "sms", "monthly", "30元/月", "withdrawn", "sms", "9510567") == (
        row.provider_name, row.access_number, row.service_name, row.service_type, row.billing_type, row.tariff,
        row.status, row.order_channel, row.service_hotline,
    )  # fmt: skip
    assert at("2006-07-10 12:00") == row.ordered_at
    assert [("ordered", "sms"), ("withdrawn", "sms")] == [(change.what, change.channel) for change in row.history]


def test_history_older_than_a_year_is_gone() -> None:
    box = Box().order(when="2006-07-10 12:00")
    box.withdraw("2006-07-10 15:00")
    assert 1 == len(box.until("2007-07-10 00:00").query().subscriptions)
    assert 0 == len(box.until("2007-07-12 00:00").query().subscriptions)


def test_every_channel_gives_the_same_answer() -> None:
    box = Box().order(when="2006-07-10 12:00")
    answers = [box.query(channel).subscriptions for channel in POLICY.terms(box.agenda.now).query.channels]
    assert 4 == len(answers)
    assert all(answer == answers[0] for answer in answers)


@pytest.mark.parametrize("channel", ["hotline", "sms"])
@pytest.mark.parametrize("seed", range(8))
def test_a_withdrawal_over_any_channel_takes_effect_within_24_hours_and_holds_in_all(channel: str, seed: int) -> None:
    box = Box(seed=seed).order(when="2006-07-10 12:00")
    box.withdraw("2006-07-10 15:00", channel=channel)
    box.until("2006-07-11 15:00")
    for asked in ("hotline", "sms", "web"):
        assert ["withdrawn"] == [row.status for row in box.query(asked).subscriptions]
    ended = box.carrier.accounts[FUNDED].subscriptions[0].ended_at
    assert ended is not None
    assert timedelta(0) < ended - at("2006-07-10 15:00") <= timedelta(hours=24)


def test_withdrawing_from_what_one_does_not_have_is_refused_and_says_so() -> None:
    box = Box().until("2006-07-10 12:00")
    assert Withdrawn(box.agenda.now, False, "not subscribed") == box.withdraw()


def test_channels_this_market_does_not_have_and_numbers_of_other_networks_are_troubles() -> None:
    box = Box()
    now = box.agenda.now
    assert Trouble(now, "unknown_channel", "pigeon") == box.do(Query("pigeon"))
    assert Trouble(now, "unknown_channel", "fax") == box.do(Withdraw("fax", NEWS.provider_code, NEWS.service_code))
    strange = box.do(ReadBill(), "+449999")
    assert isinstance(strange, Trouble)
    assert "refused" == strange.failure
