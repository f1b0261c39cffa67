"""A hotline driven by a list of calls: what holds in every run, whoever calls when."""

from __future__ import annotations

import doctest
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialtest.sandbox.hotline.caller import Caller, CallRecord
from dialtest.sandbox.hotline.hotline import Hotline
from tests.dialtest.sandbox.hotline.callers import NOON_S, caller, hotline

BRANDS = ("gotone", "easyown", "mzone")
LEFT = {"answered", "abandoned", "diverted"}

seconds = st.floats(0, 7200, allow_nan=False)
calls = st.lists(
    st.tuples(
        st.integers(0, 9), st.sampled_from(BRANDS), seconds, st.floats(0, 600), st.floats(1, 1200), st.booleans()
    ),
    max_size=60,
).map(
    lambda drawn: [
        Caller(call, f"139{who:08d}", brand, NOON_S + asked_s, patience_s, handle_s, takes)
        for call, (who, brand, asked_s, patience_s, handle_s, takes) in enumerate(drawn)
    ]
)
agents = st.integers(1, 4)


def run(callers: list[Caller], agents: int = 2, **changes: object) -> dict[int, CallRecord]:
    """The record of every call."""
    terms = hotline(agents, BRANDS, **changes)
    return {record.call: record for record in Hotline(terms).run(callers)}


@given(calls, agents)
def test_every_call_leaves_in_one_way_and_the_ways_sum_to_the_calls(callers: list[Caller], agents: int) -> None:
    records = run(callers, agents)
    assert {one.call for one in callers} == set(records)
    assert len(callers) == sum(
        Counter(record.outcome for record in records.values() if record.outcome in LEFT).values()
    )


@given(calls, agents)
def test_none_who_was_not_answered_is_lost(callers: list[Caller], agents: int) -> None:
    for record in run(callers, agents).values():
        owed = record.outcome == "abandoned"
        assert owed == record.recorded
        assert owed == (record.settled or record.called_back_s is not None)


@given(calls, agents)
def test_none_is_called_back_twice_and_none_before_hanging_up(callers: list[Caller], agents: int) -> None:
    records = run(callers, agents).values()
    rung = {(record.msisdn, record.brand, record.called_back_s) for record in records if record.called_back_s}
    for msisdn, brand, when_s in rung:
        mine = [one for one in records if (one.msisdn, one.brand) == (msisdn, brand)]
        made_good = [one for one in mine if one.called_back_s == when_s]
        since = [one.left_s for one in mine if one.recorded and not one.settled]
        earlier = [one.called_back_s for one in mine if one.called_back_s and one.called_back_s < (when_s or 0)]
        assert all(one.left_s <= (when_s or 0) for one in made_good)
        assert all(any(before <= left for left in since) for before in earlier)
        assert not any(one.settled and one.called_back_s for one in mine)


@given(calls, agents)
def test_callers_of_a_brand_who_wait_are_served_in_the_order_they_came(callers: list[Caller], agents: int) -> None:
    records = run(callers, agents)
    for brand in BRANDS:
        served = sorted(
            (record.asked_s, record.call, record.left_s)
            for record in records.values()
            if record.brand == brand and record.outcome == "answered"
        )
        times = [left_s for _, _, left_s in served]
        assert sorted(times) == times


@given(calls, agents)
def test_nobody_waits_longer_than_their_patience(callers: list[Caller], agents: int) -> None:
    records = run(callers, agents)
    for one in callers:
        assert records[one.call].waited_s <= one.patience_s + 1e-6
        if records[one.call].outcome == "abandoned":
            assert records[one.call].waited_s == pytest.approx(one.patience_s, abs=1e-6)


@given(calls, agents)
def test_no_more_callers_are_served_at_once_than_agents_sit_there(callers: list[Caller], agents: int) -> None:
    records, handle_s = run(callers, agents), {one.call: one.handle_s for one in callers}
    for brand in BRANDS:
        served = [one for one in records.values() if one.brand == brand and one.outcome == "answered"]
        for one in served:
            busy = [other for other in served if other.left_s <= one.left_s < other.left_s + handle_s[other.call]]
            assert len(busy) <= agents


@given(calls, agents)
@settings(max_examples=30)
def test_the_same_calls_go_the_same_way_in_whatever_order_they_are_listed(callers: list[Caller], agents: int) -> None:
    assert run(callers, agents) == run(callers[::-1], agents)


@given(calls)
@settings(max_examples=30)
def test_brands_do_not_wait_for_each_other(callers: list[Caller]) -> None:
    alone = run([one for one in callers if one.brand == "mzone"])
    together = {call: record for call, record in run(callers).items() if record.brand == "mzone"}
    assert alone == together


def test_a_free_agent_answers_at_once_and_the_next_caller_waits_for_the_first_to_hang_up() -> None:
    first, second = run([caller(1, 0), caller(2, 10, patience_s=600.0)], agents=1).values()
    assert ("answered", 0.0) == (first.outcome, first.waited_s)
    assert ("answered", 170.0) == (second.outcome, second.waited_s)


def test_who_tried_three_times_in_vain_is_called_back_once_for_all() -> None:
    tries = [caller(call, 100.0 * call, msisdn="13900000000") for call in (1, 2, 3)]
    records = run([caller(0, 0, handle_s=3000.0), *tries], agents=1, least_calls=1, window_s=600)
    assert 1 == len({records[call].called_back_s for call in (1, 2, 3)})
    assert records[1].called_back_s


def test_who_got_an_agent_meanwhile_is_owed_nothing_any_more() -> None:
    again = [caller(1, 10, msisdn="13900000000"), caller(2, 150, msisdn="13900000000")]
    records = run([caller(0, 0), *again], agents=1, least_calls=1, window_s=100_000, off_at=1.0)
    assert ("abandoned", True, None) == (records[1].outcome, records[1].settled, records[1].called_back_s)
    assert "answered" == records[2].outcome


def test_nobody_is_called_back_at_night() -> None:
    late = NOON_S + 10 * 3600
    records = run([caller(0, 36_000), caller(1, 36_010)], agents=1)
    assert 21 * 3600 < late
    back_s = records[1].called_back_s or 0
    assert 24 * 3600 + 8 * 3600 <= back_s < 24 * 3600 + 9 * 3600


def test_a_hotline_without_agents_answers_nobody_and_calls_everybody_back() -> None:
    records = run([caller(call, 5.0 * call) for call in range(20)], agents=0)
    assert {"abandoned", "diverted"} >= {record.outcome for record in records.values()}
    assert all(record.called_back_s for record in records.values() if record.recorded)


def test_a_brand_without_a_desk_is_refused() -> None:
    with pytest.raises(ValueError, match="no desk for the brand “other”"):
        Hotline(hotline()).run([caller(1, 0, brand="other")])


def test_the_example_of_the_document_prints_what_it_says() -> None:
    page = Path(__file__).parents[4] / "docs" / "hotline.md"
    assert (0, 7) == tuple(doctest.testfile(str(page), module_relative=False))
