"""What the carrier's systems export (Q3, Q6): who holds what, what was charged, and the order behind it."""

from __future__ import annotations

import pytest

from dialtest.model.act import OpenPage
from dialtest.sandbox.exports import CHARGE_COLUMNS, SUBSCRIPTION_COLUMNS, boss_rows, charge_rows, misc_rows
from dialtest.sandbox.faults import ALL_FAULTS
from dialtest.sandbox.planted import Planted
from tests.dialtest.sandbox.box import FUNDED, NEWS, WEATHER, Box


def charges(box: Box) -> list[dict[str, object]]:
    return [dict(zip(CHARGE_COLUMNS, row, strict=True)) for row in charge_rows(box.carrier.accounts.values())]


def cheating(fault: str, service: str) -> Box:
    return Box(faults=[Planted(fault, frozenset({service}), ALL_FAULTS[fault]())])


def test_both_ledgers_tell_of_a_subscription_in_the_words_audits_read() -> None:
    box = Box().order(when="2006-07-10 12:00")
    box.withdraw("2006-07-11 09:00")
    accounts = box.until("2006-07-12 12:00").carrier.accounts.values()
    (boss,), (misc,) = list(boss_rows(accounts)), list(misc_rows(accounts))
    assert boss == misc
    row = dict(zip(SUBSCRIPTION_COLUMNS, boss, strict=True))
    assert {"msisdn": FUNDED, "provider_code": "900001", "service_code": "XW", "channel": "sms"}.items() <= row.items()
    assert ("withdrawn", "2006-07-10 12:00:00", "2006-07-11 09:00:00") == (
        row["status"], row["ordered_at"], row["withdrawn_at"],
    )  # fmt: skip


def test_a_withdrawal_under_way_is_active_still_and_says_when_it_was_asked_for() -> None:
    box = Box().order(when="2006-07-10 12:00")
    box.withdraw("2006-07-11 09:00")
    (row,) = boss_rows(box.carrier.accounts.values())
    assert ("active", "2006-07-11 09:00:00") == (row[3], row[5])


def test_every_month_of_a_subscription_is_proved_by_its_order() -> None:
    made = charges(Box().order(when="2006-07-10 12:00").until("2006-09-02 00:00"))
    assert ["2006-08-01 00:00:00", "2006-09-01 00:00:00"] == [row["charged_at"] for row in made]
    assert {f"{FUNDED}-20060710120000-XW"} == {row["proof_id"] for row in made}
    assert 2 == len({row["cdr_id"] for row in made})


def test_every_use_is_proved_by_an_order_of_its_own() -> None:
    box = Box().order(WEATHER, "2006-07-10 12:00").order(WEATHER, "2006-07-10 13:00")
    assert [f"{FUNDED}-20060710120000-TQ", f"{FUNDED}-20060710130000-TQ"] == [row["proof_id"] for row in charges(box)]


@pytest.mark.parametrize("fault", ["phantom-use", "several-charges-per-use"])
def test_what_nobody_used_has_no_proof(fault: str) -> None:
    made = charges(cheating(fault, WEATHER.key).order(WEATHER, "2006-07-10 12:00").until("2006-07-20 12:00"))
    assert 1 == sum(bool(row["proof_id"]) for row in made)
    assert len(made) > 1


def test_looking_at_a_page_proves_nothing() -> None:
    box = cheating("page-view-charges", NEWS.key).until("2006-07-10 12:00")
    box.do(OpenPage(NEWS.page_url))
    assert [""] == [row["proof_id"] for row in charges(box)]
