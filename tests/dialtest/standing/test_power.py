"""What a number of dials can show, against published values."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialtest.standing.power import detection_power, dials_needed, weighed_interval, wilson


def test_three_of_thirty_dials_lie_between_three_and_a_half_and_twenty_five_point_six_per_cent() -> None:
    assert ("3.5 %", "25.6 %") == tuple(f"{100 * end:.1f} %" for end in wilson(3, 30))


@pytest.mark.parametrize(
    ("found", "dials", "expected"),
    [
        (0, 10, (0.0, 0.2775)),  # Newcombe (1998), Statistics in Medicine 17, 857-872, method 3
        (15, 148, (0.0624, 0.1605)),  # the same, table I
        (81, 263, (0.2553, 0.3662)),
        (1, 29, (0.0061, 0.1718)),
    ],
)
def test_the_interval_agrees_with_published_tables(found: int, dials: int, expected: tuple[float, float]) -> None:
    assert expected == pytest.approx(wilson(found, dials), abs=6e-5)


def test_without_a_dial_nothing_is_known() -> None:
    assert (0.0, 1.0) == wilson(0, 0)


@given(st.integers(1, 10_000).flatmap(lambda dials: st.tuples(st.integers(0, dials), st.just(dials))))
def test_the_interval_holds_the_share_that_was_counted_and_mirrors(counted: tuple[int, int]) -> None:
    found, dials = counted
    low, high = wilson(found, dials)
    assert 0 <= low <= found / dials <= high <= 1
    assert (1 - high, 1 - low) == pytest.approx(wilson(dials - found, dials), abs=1e-12)


@pytest.mark.parametrize(("share", "dials"), [(0.10, 29), (0.05, 59), (1.0, 1), (0.5, 5), (1e-4, 29_956)])
def test_dials_needed_to_meet_a_fault_with_ninety_five_per_cent(share: float, dials: int) -> None:
    assert dials == dials_needed(share)


@given(st.floats(0.001, 1.0), st.floats(0.5, 0.999))
def test_the_dials_needed_are_enough_and_one_fewer_is_not(share: float, confidence: float) -> None:
    dials = dials_needed(share, confidence)
    assert detection_power(share, dials) >= confidence - 1e-12
    assert dials == 1 or detection_power(share, dials - 1) < confidence


@pytest.mark.parametrize(("share", "dials"), [(-0.1, 3), (1.1, 3), (0.5, -1)])
def test_a_share_or_number_that_cannot_be_is_refused(share: float, dials: int) -> None:
    with pytest.raises(ValueError, match="share"):
        detection_power(share, dials)


def test_more_findings_than_dials_are_refused() -> None:
    with pytest.raises(ValueError, match="31 of 30 dials"):
        wilson(31, 30)


def test_a_fault_that_never_strikes_has_no_number_of_dials() -> None:
    with pytest.raises(ValueError, match="share"):
        dials_needed(0)


def test_a_confidence_of_one_cannot_be_reached() -> None:
    with pytest.raises(ValueError, match="confidence"):
        dials_needed(0.1, 1.0)


def test_the_interval_of_a_difference_is_the_published_one() -> None:
    low, high = weighed_interval([(-1, (48, 80)), (1, (56, 70))])
    assert (0.0524, 0.3339) == (round(low, 4), round(high, 4))


COUNTS = st.tuples(st.integers(0, 60), st.integers(1, 60)).map(lambda drawn: (min(drawn), drawn[1]))


@given(st.lists(st.tuples(st.floats(-2, 2), COUNTS), max_size=5))
def test_the_interval_of_a_sum_holds_it_and_turns_with_its_sign(terms: list[tuple[float, tuple[int, int]]]) -> None:
    low, high = weighed_interval(terms)
    assert low - 1e-9 <= sum(weight * found / dials for weight, (found, dials) in terms) <= high + 1e-9
    back = weighed_interval([(-weight, counts) for weight, counts in terms])
    assert (-high, -low) == pytest.approx(back)


def test_the_interval_of_one_share_is_wilson_s() -> None:
    assert wilson(3, 30) == pytest.approx(weighed_interval([(1, (3, 30))]))


def test_nineteen_of_twenty_intervals_of_a_weighed_difference_hold_the_true_one() -> None:
    chance = Random(2009)
    scenarios = ((0.5, 30, 20, 0.45, 0.40), (0.3, 40, 12, 0.10, 0.05), (0.2, 15, 25, 0.70, 0.75))
    true = sum(weight * (after - before) for weight, _n, _m, before, after in scenarios)
    held, draws = 0, 2_000
    for _ in range(draws):
        terms = []
        for weight, dials, later, before, after in scenarios:
            terms.append((-weight, (sum(chance.random() < before for _ in range(dials)), dials)))
            terms.append((weight, (sum(chance.random() < after for _ in range(later)), later)))
        low, high = weighed_interval(terms)
        held += low <= true <= high
    assert 0.935 < held / draws < 0.975


def test_no_dials_have_no_share() -> None:
    with pytest.raises(ValueError, match="no share"):
        weighed_interval([(1, (0, 0))])
