"""Existing subscriptions: everyone has one batch, the batches fill the campaign's days, the text has two ways out."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import product

import pytest

from dialtest.errors import DialtestError
from dialtest.model.service import SERVICE_TYPES, Service, ServiceType
from dialtest.policy.batches import Batches
from dialtest.policy.load import load_policy, parse_policy, shipped_policy_text
from dialtest.policy.wording import existing_reminder

POLICY = load_policy("monternet-2006")
TEXT = shipped_policy_text("monternet-2006")


def batches() -> Batches:
    assert POLICY.batches is not None
    return POLICY.batches


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=POLICY.zone)


@pytest.mark.parametrize(
    ("brand", "kind", "ordered", "held", "number"),
    [
        ("easyown", "wap", "2006-05-21T00:00", 1, 2),
        ("easyown", "wap", "2006-05-20T23:59", 1, 3),
        ("easyown", "voice_magazine", "2006-06-01T00:00", 1, 8),
        ("mzone", "sms", "2006-08-20T23:59", 5, 12),
        ("mzone", "sms", "2006-08-20T23:59", 6, 1),
        ("gotone", "mms", "2004-01-01T00:00", 2, 23),
        ("gotone", "java", "2004-01-01T00:00", 2, 25),
        ("gotone", "java", "2004-01-01T00:00", 9, 1),
    ],
)
def test_brand_group_and_age_decide_the_batch_unless_the_subscriber_is_sensitive(
    brand: str, kind: ServiceType, ordered: str, held: int, number: int
) -> None:
    batch = batches().of(brand, kind, at(ordered), held)
    assert batch is not None
    assert batch.number == number


def test_a_brand_the_table_does_not_know_has_no_batch() -> None:
    assert batches().of("another", "sms", at("2006-06-01"), 1) is None


def test_every_subscription_has_a_batch_and_every_batch_a_subscription() -> None:
    ages = [at("2006-06-01"), at("2005-06-01")]
    used = {
        batch.number if (batch := batches().of(brand, kind, ordered, held)) else 0
        for brand, kind, ordered, held in product(POLICY.brands, SERVICE_TYPES, ages, (1, 6))
    }
    assert used == set(range(1, 26))


def test_the_batches_fill_every_day_of_their_campaign_one_after_the_other() -> None:
    table = batches()
    windows = [table.window(batch) for batch in table.terms.batches]
    assert (windows[0][0], windows[-1][1]) == (at("2006-08-21"), at("2006-10-01"))
    assert [closes for _, closes in windows[:-1]] == [opens for opens, _ in windows[1:]]


def test_the_market_without_existing_terms_has_no_batches() -> None:
    assert load_policy("uk-premium-2019").batches is None


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("number = 3, ", "number = 2, ", "a number twice"),
        ('age = "sensitive"', 'age = "older"', "sensitive"),
        ('number = 9, brand = "easyown"', 'number = 9, brand = "mzone"', "0 batches for easyown, other, older"),
        ("last_date = 2006-08-22", "last_date = 2006-08-20", "batch 1 of existing.batches has no days"),
        ('brand = "gotone"', 'brand = "gotwo"', "gotwo"),
        ("last_date = 2006-09-30 }", "last_date = 2006-10-30 }", "batch 25"),
    ],
)
def test_a_table_that_forgets_somebody_is_told(old: str, new: str, told: str) -> None:
    assert old in TEXT
    with pytest.raises(DialtestError) as refused:
        parse_policy(TEXT.replace(old, new), "mine.toml")
    assert told in str(refused.value)


def service(number: int) -> Service:
    return Service(
        provider_code="900001", provider_name="新浪", service_code=f"S{number}", name=f"头条新闻{number}",
        service_type="sms", billing_type="monthly", fee_fen=3000, fee_unit="month", access_number="1066",
        order_command="DZ", withdraw_command="TD", hotline="9510567",
    )  # fmt: skip


def texts(count: int) -> tuple[str, ...]:
    reminder = POLICY.terms(batches().begins).second_reminder
    assert reminder is not None
    return existing_reminder(POLICY, reminder, batches().terms, [service(number) for number in range(count)])


def test_the_text_is_reminder_2_with_a_second_way_out() -> None:
    assert texts(1) == (
        "(1/2)中国移动温馨提示:您已定制以下梦网业务:1新浪提供的头条新闻0短信业务,信息费30元/月。",
        "(2/2)本月内退定下月不再收费,退订请拨打10086,发“0000”到10086",
    )


@pytest.mark.parametrize("count", [1, 2, 9, 10, 11, 30])
def test_no_part_is_longer_than_a_message_however_many_there_are(count: int) -> None:
    parts = texts(count)
    assert [len(part) for part in parts if len(part) > 70] == []
    assert [part.partition(")")[0] for part in parts] == [f"({n}/{len(parts)}" for n in range(1, len(parts) + 1)]
    assert sum(part.count("提供的") for part in parts) == count


def test_three_months_before_the_end_of_may_is_the_end_of_february() -> None:
    late = parse_policy(TEXT.replace("first_date = 2006-08-21 ", "first_date = 2006-05-31 "), "mine.toml").batches
    assert late is not None
    assert late.recent_since == at("2006-05-31") - timedelta(days=92)
    assert late.recent_since.date() == date(2006, 2, 28)
