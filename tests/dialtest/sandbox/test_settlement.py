"""Refunds on their way from the province to the provider: no fen is lost, nobody sees another's rows."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given

from dialtest.model.refund_detail import RefundDetail
from dialtest.policy.load import load_policy
from dialtest.policy.terms import SettlementTerms
from dialtest.sandbox.settlement import access_province, settle
from tests.dialtest.sandbox.box import NEWS
from tests.dialtest.sandbox.settlements import anything, detail, details


def terms() -> SettlementTerms:
    policy = load_policy("monternet-2006")
    found = policy.terms(policy.midnight(policy.starts)).refund.settlement
    assert found is not None
    return found


@given(anything)
def test_totals_are_the_same_at_every_hop(rows: list[RefundDetail]) -> None:
    settled = settle(rows)
    total_fen = sum(row.amount_fen for row in rows)
    assert total_fen == sum(row.amount_fen for file in settled.provinces.values() for row in file)
    assert total_fen == sum(row.amount_fen for row in settled.first_level)
    assert total_fen == sum(row.amount_fen for file in settled.providers.values() for row in file)


@given(anything)
def test_every_file_has_only_rows_of_its_owner(rows: list[RefundDetail]) -> None:
    settled = settle(rows)
    assert all(row.province == province for province, file in settled.provinces.items() for row in file)
    assert all(
        (row.access_province, row.provider_code) == key for key, file in settled.providers.items() for row in file
    )


def test_a_provider_looks_up_its_own_rows_and_no_others() -> None:
    settled = settle(details())
    assert {"900002"} == {row.provider_code for row in settled.rows_for("900002")}
    assert 8 == len(settled.rows_for("900002"))
    assert () == settled.rows_for("900009")


def test_the_first_level_boss_sorts_by_where_the_provider_connects() -> None:
    first_level = settle(details()).first_level
    assert sorted(first_level, key=lambda row: (row.access_province, row.provider_code)) == list(first_level)


def test_the_order_in_which_refunds_were_made_does_not_matter() -> None:
    assert settle(details()) == settle(reversed(details()))


def test_local_services_connect_at_home_and_a_national_provider_always_in_the_same_province() -> None:
    assert terms().home_province == access_province(terms(), replace(NEWS, scope="local"))
    assert access_province(terms(), NEWS) == access_province(terms(), replace(NEWS, service_code="XX"))
    assert access_province(terms(), NEWS) in terms().access_provinces


def test_text_messages_are_not_settled_between_provinces() -> None:
    assert {"mms", "voice_magazine", "wap", "pda", "java", "animation"} == set(terms().service_types)


def test_nothing_to_settle_makes_no_files() -> None:
    settled = settle([])
    assert ({}, (), {}) == (settled.provinces, settled.first_level, settled.providers)
    assert detail(1) not in settled.first_level
