"""The refund arithmetic of R2 to R4: how much goes back, and how much on top."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialtest.errors import DialtestError
from dialtest.policy.load import load_policy, parse_policy, shipped_policy_text
from dialtest.policy.refund import GROUNDS, NOTHING_DUE, Ground, RefundDue, refund_due
from dialtest.policy.terms import RefundTerms

TERMS = RefundTerms(wrong_multiple=2, unverified_multiple=1, unverified_after_days=3)


@pytest.mark.parametrize("ground", GROUNDS)
def test_a_wrong_amount_verified_in_time_goes_back_and_once_more_on_top(ground: Ground) -> None:
    assert refund_due(TERMS, 3000, ground) == RefundDue(3000, 3000)


def test_verified_on_the_last_minute_of_the_third_day_is_in_time_and_a_second_later_is_not() -> None:
    assert refund_due(TERMS, 3000, verified_after=timedelta(days=3)) == RefundDue(3000, 3000)
    assert refund_due(TERMS, 3000, verified_after=timedelta(days=3, seconds=1)) == RefundDue(3000, 0)


def test_what_is_never_verified_goes_back_once() -> None:
    assert refund_due(TERMS, 500, None, verified_after=None) == RefundDue(500, 0)


def test_nothing_is_due_where_verification_found_nothing_wrong() -> None:
    assert refund_due(TERMS, 500, None) == NOTHING_DUE
    assert refund_due(TERMS, 0, "billing_wrong", all_fees_fen=9000) == NOTHING_DUE


def test_all_fees_on_request_go_back_once_and_the_wrong_amount_once_on_top() -> None:
    assert refund_due(TERMS, 1000, all_fees_fen=9000) == RefundDue(9000, 1000)


def test_a_market_without_double_return_returns_nothing_on_top() -> None:
    policy = load_policy("uk-premium-2019")
    assert refund_due(policy.terms(policy.midnight(policy.starts)).refund, 300) == RefundDue(300, 0)


def test_negative_amounts_are_refused() -> None:
    with pytest.raises(ValueError, match="not negative"):
        refund_due(TERMS, -1)


@given(st.lists(st.integers(0, 10**7), max_size=20))
def test_refunds_of_many_charges_add_up_to_the_refund_of_their_sum(wrong: list[int]) -> None:
    assert sum((refund_due(TERMS, fen) for fen in wrong), NOTHING_DUE) == refund_due(TERMS, sum(wrong))


@pytest.mark.parametrize(
    ("stated", "instead", "told"),
    [
        ("answer_within_h = 84", "answer_within_h = 72", "must allow 78 hours"),
        ("paid_within_h = 84", "paid_within_h = 1", "must allow 78 hours"),
        ("wrong_multiple = 2", "wrong_multiple = 0", "multiples"),
        ("unverified_after_days = 3", "unverified_after_days = 0", "at least one day"),
        ("goodwill_up_to_fen = 500", "goodwill_up_to_fen = -1", "not negative"),
        ("投诉答复及慰问:{reference}", "投诉答复:{reference}", "words of its own"),
        ("投诉答复:{reference}号", "投诉答复:", "words of its own"),
        ("错收{wrong},", "错收{wrng},", "wrng"),
    ],
)
def test_terms_of_complaints_that_cannot_be_kept_are_told_when_the_policy_is_read(
    stated: str, instead: str, told: str
) -> None:
    text = shipped_policy_text("monternet-2006")
    assert stated in text
    with pytest.raises(DialtestError, match=told):
        parse_policy(text.replace(stated, instead), "mine.toml")
