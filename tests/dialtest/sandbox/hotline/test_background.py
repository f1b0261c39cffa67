"""Who else rings on a day (H1), and what would become of one more caller."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialtest.policy.hotline_terms import Desk
from dialtest.sandbox.hotline.background import background_calls, called_by, expected_per_hour, wording_of
from dialtest.sandbox.hotline.brand_day import BrandDay, Fate
from dialtest.sandbox.hotline.caller import Caller
from dialtest.sandbox.hotline.hotline import Hotline
from tests.dialtest.sandbox.hotline.callers import CHINA, NOON_S, caller, hotline, shipped

QUIET, PEAK, BATCH = date(2006, 7, 10), date(2006, 7, 22), date(2006, 8, 22)


def desk(brand: str = "mzone") -> Desk:
    found = shipped().desk(brand)
    assert found is not None
    return found


def expected(day: date, brand: str = "mzone") -> float:
    """How many calls a day is expected to bring."""
    return sum(expected_per_hour(CHINA, CHINA.terms(CHINA.midnight(day)), desk(brand), day))


def test_two_of_five_who_got_the_second_reminder_ring() -> None:
    more = expected(PEAK) - expected(QUIET)
    assert pytest.approx(0.4 * desk().reminded_per_day, rel=0.02) == more


def test_a_batch_brings_calls_to_its_own_brand() -> None:
    batch = next(one for one in CHINA.timeline[0][1].existing.batches if one.brand == "gotone")  # type: ignore[union-attr]
    assert expected(batch.first_date, "gotone") > 2 * expected(QUIET, "gotone")


@given(st.floats(0, 40), st.floats(0, 40), st.integers(0, 20_000))
def test_the_share_that_has_called_never_falls_and_ends_at_one(hour: float, later: float, delay_s: int) -> None:
    assert 0 <= called_by(hour, delay_s) <= called_by(hour + later, delay_s) + 1e-9 <= 1 + 1e-6
    assert called_by(9, delay_s) == 0
    assert pytest.approx(1, abs=1e-3) == called_by(2_000, delay_s)


def test_calls_without_delay_come_while_reminders_go_out() -> None:
    assert pytest.approx(0.5) == called_by(14.5, 0)
    assert pytest.approx(1.0) == called_by(20, 0)


def test_a_wording_is_known_by_the_ways_out_it_names() -> None:
    assert ["10086", "10086_and_0000"] == [wording_of(text, "0000") for text in ("退订请拨打10086", "发“0000”到10086")]


def test_the_same_seed_gives_the_same_calls_and_another_seed_others() -> None:
    first, again, other = (background_calls(CHINA, desk(), PEAK, seed) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_as_many_calls_come_as_expected() -> None:
    counts = [len(background_calls(CHINA, desk(), PEAK, seed)) for seed in range(20)]
    assert pytest.approx(expected(PEAK), rel=0.03) == sum(counts) / len(counts)


callers = st.lists(
    st.tuples(st.integers(0, 3600), st.integers(0, 300), st.integers(1, 600), st.booleans()),
    min_size=1,
    max_size=40,
    unique_by=lambda drawn: drawn[0],
).map(
    lambda drawn: [
        Caller(n, f"background {n}", "mzone", NOON_S + asked_s, patience_s + 0.125, handle_s, takes)
        for n, (asked_s, patience_s, handle_s, takes) in enumerate(sorted(drawn))
    ]
)
moments = st.integers(0, 3600).map(lambda second: second + 0.5)


def fate(others: list[Caller], asked_s: float, patience_s: float = 60.0, takes: bool = False) -> Fate:
    terms = hotline(2)
    return BrandDay(terms, terms.desks[0], others, 0).fate(NOON_S + asked_s, patience_s, takes)


@given(callers, moments, st.integers(0, 300).map(lambda second: second + 0.3), st.booleans())
def test_one_more_caller_fares_as_if_that_caller_had_rung(
    others: list[Caller], asked_s: float, patience_s: float, takes: bool
) -> None:
    """Played with the caller among the others: the same end at the same time, as long as nothing coincides."""
    told = fate(others, asked_s, patience_s, takes)
    probe = caller(999, asked_s, patience_s=patience_s, handle_s=1.0, takes_self_service=takes)
    played = next(one for one in Hotline(hotline(2)).run([*others, probe]) if one.call == 999)
    assert (told.outcome, told.offered) == (played.outcome, played.offered)
    assert pytest.approx(told.left_s) == played.left_s


@given(callers, moments)
def test_whoever_is_not_answered_is_called_back_in_the_hours_for_it(others: list[Caller], asked_s: float) -> None:
    told = fate(others, asked_s, 5.0)
    if told.outcome == "abandoned":
        assert told.called_back_s >= told.left_s
        assert 8 <= told.called_back_s / 3600 % 24 <= 22
