"""Batches of lengths make the histogram that one by one would make."""

from __future__ import annotations

from hdrh.histogram import HdrHistogram
from hypothesis import given, settings
from hypothesis import strategies as st

from load.callers.lengths import DIGITS, LONGEST_S, MICROSECONDS, MOST_NOTED, Lengths


@settings(max_examples=40)
@given(st.lists(st.integers(0, LONGEST_S * MICROSECONDS), min_size=1, max_size=30))
def test_a_batch_fills_the_places_that_single_values_fill(values: list[int]) -> None:
    one_by_one, batch = HdrHistogram(1, LONGEST_S * MICROSECONDS, DIGITS), Lengths()
    for value in values:
        seconds = value / MICROSECONDS
        one_by_one.record_value(int(seconds * MICROSECONDS))
        batch.add(seconds)
    assert one_by_one.encode() == batch.histogram.encode()
    assert one_by_one.get_max_value() == batch.histogram.get_max_value()
    assert len(values) == batch.histogram.total_count


def test_lengths_below_0_and_beyond_the_longest_are_kept_at_the_ends() -> None:
    batch = Lengths()
    for length_s in (-1.0, 1e12):
        batch.add(length_s)
    assert [1, 1] == [
        batch.histogram.get_count_at_value(0),
        batch.histogram.get_count_at_value(LONGEST_S * MICROSECONDS),
    ]


def test_what_is_noted_is_bounded() -> None:
    batch = Lengths()
    for _ in range(MOST_NOTED + 5):
        batch.add(0.001)
    assert 5 == len(batch._noted)
    assert MOST_NOTED + 5 == batch.histogram.total_count
