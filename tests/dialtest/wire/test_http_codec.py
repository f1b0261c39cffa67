"""What travels over HTTP comes out as it went in, and nothing else gets in."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import Struct

from dialtest.model.act import (
    AnyAct,
    Call,
    Complain,
    Listen,
    OpenPage,
    Press,
    Query,
    ReadBill,
    ReadCalls,
    Send,
    Withdraw,
)
from dialtest.model.observation import (
    Answer,
    AnyObservation,
    Bill,
    Called,
    CallLog,
    Change,
    Charge,
    Complained,
    Incoming,
    Message,
    Page,
    Refund,
    Said,
    Sent,
    SubscriptionRow,
    Trouble,
    Withdrawn,
)
from dialtest.wire.http_act import NOT_TOLD, from_wire, to_wire
from dialtest.wire.http_exchange import (
    Arrived,
    Clock,
    Perform,
    Present,
    Problem,
    Register,
    Registered,
    Wait,
    Waited,
    read_clock,
    read_observation,
    read_perform,
    read_problem,
    read_register,
    read_registered,
    read_wait,
    read_waited,
    write,
)
from dialtest.wire.http_strict import Unreadable

READERS: list[Callable[[bytes], object]] = [
    read_register, read_registered, read_perform, read_observation, read_wait, read_waited, read_clock, read_problem,
]  # fmt: skip

text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
zones = st.integers(-12 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
times = st.datetimes(datetime(1991, 1, 1), datetime(2199, 1, 1), timezones=zones)  # noqa: DTZ001
whole = st.integers(0, 2**53)
messages = st.builds(Message, times, times, text, text)
changes = st.builds(Change, times, text, text)
rows = st.builds(
    SubscriptionRow, text, text, text, times, text, text, text, st.sampled_from(["active", "withdrawn"]), text,
    st.lists(changes, max_size=2).map(tuple), text, text, text, text, text,
)  # fmt: skip
charges = st.builds(Charge, times, text, text, text, text, whole, st.sampled_from(["monthly", "per_use"]))
refunds = st.builds(
    Refund, times, text, text, text, text, whole, st.sampled_from(["refund", "double_return", "goodwill"]), text
)
said = st.builds(Said, whole, st.sampled_from(["greeting", "menu", "offer", "goodbye"]), text)
observations: st.SearchStrategy[AnyObservation] = st.one_of(
    st.builds(Sent, times),
    st.builds(Page, times, text, st.integers(100, 599), text),
    st.builds(Answer, times, text, st.lists(rows, max_size=2).map(tuple)),
    st.builds(Bill, times, st.lists(charges, max_size=3).map(tuple), st.lists(refunds, max_size=2).map(tuple)),
    st.builds(Complained, times, text, text),
    st.builds(
        Called,
        times,
        times,
        times,
        text,
        st.lists(said, max_size=3).map(tuple),
        st.none() | times,
        st.none() | times,
        st.none() | st.lists(rows, max_size=2).map(tuple),
        st.none() | times,
        st.booleans(),
        st.booleans(),
    ),
    st.builds(CallLog, times, st.lists(st.builds(Incoming, times, text, whole, st.booleans()), max_size=2).map(tuple)),
    st.builds(Withdrawn, times, st.booleans(), text),
    st.builds(Trouble, times, st.sampled_from(["outage", "refused", "timeout", "no_balance"]), text),
)
address = st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=40)
acts: st.SearchStrategy[AnyAct] = st.one_of(
    st.builds(Send, address, text, st.just(NOT_TOLD)),
    st.builds(OpenPage, address),
    st.builds(Press, address, st.just(NOT_TOLD)),
    st.builds(Withdraw, text, text, text),
    st.builds(Query, text),
    st.builds(
        Complain, text, text, text, st.sampled_from(["charge", "advert"]), st.sampled_from(["refund", "all_fees"])
    ),
    st.builds(ReadBill),
    st.builds(
        Call,
        address,
        st.text("0123456789*#", max_size=40),
        st.integers(0, 86_400),
        st.sampled_from(["", "query"]),
        text,
        text,
        st.sampled_from(["wait", "self_service"]),
    ),
    st.builds(ReadCalls),
)
arrivals = st.lists(st.builds(Arrived, whole, text, messages), max_size=3).map(tuple)


@given(observations)
def test_an_observation_comes_out_as_it_went_in(observation: AnyObservation) -> None:
    assert observation == read_observation(write(observation))


@given(acts, address)
def test_an_act_comes_out_as_it_went_in(act: AnyAct, msisdn: str) -> None:
    assert act == from_wire(read_perform(write(Perform("key", msisdn, to_wire(act)))).act)


@given(st.builds(Wait, address, times, whole, st.floats(0, 60)))
def test_a_wait_comes_out_as_it_went_in(wait: Wait) -> None:
    assert wait == read_wait(write(wait))


@given(st.builds(Waited, times, arrivals, st.booleans()))
def test_arrivals_come_out_as_they_went_in(waited: Waited) -> None:
    assert waited == read_waited(write(waited))


@given(st.builds(Registered, address, text, times, st.floats(1, 1e6)))
def test_a_registration_comes_out_as_it_went_in(registered: Registered) -> None:
    assert registered == read_registered(write(registered))


def test_clock_problem_and_name_come_out_as_they_went_in() -> None:
    now = datetime(2006, 7, 1, tzinfo=UTC)
    clock = Clock("network", now, 3, (Present("a", now), Present("b", None)))
    assert clock == read_clock(write(clock))
    assert Problem("dropped", "why") == read_problem(write(Problem("dropped", "why")))
    assert Register("weekly-dials") == read_register(write(Register("weekly-dials")))


@pytest.mark.parametrize("act", [Send("1066", "DG", "order"), Press("http://a.example/?order=1", "confirm")])
def test_the_purpose_of_an_act_never_travels(act: Send | Press) -> None:
    assert b"purpose" not in write(to_wire(act))
    assert act.purpose.encode() not in write(to_wire(act)).replace(b"?order=", b"")


def test_listening_does_not_travel() -> None:
    with pytest.raises(ValueError, match="listening"):
        to_wire(Listen(datetime(2006, 7, 1, tzinfo=UTC)))


@given(st.binary(max_size=200))
def test_garbage_raises_unreadable_and_nothing_else(body: bytes) -> None:
    for reader in READERS:
        with pytest.raises(Unreadable):
            reader(body)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | text,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["saw", "at", "client", "act", "now"]), inner)
    ),
    max_leaves=8,
)


@given(json_values)
def test_other_json_raises_unreadable_and_nothing_else(value: object) -> None:
    for reader in READERS:
        with pytest.raises(Unreadable):
            reader(json.dumps(value).encode())


@given(observations, st.data())
def test_a_damaged_observation_is_read_or_unreadable_but_never_another_error(
    observation: AnyObservation, data: st.DataObject
) -> None:
    body = bytearray(write(observation))
    body[data.draw(st.integers(0, len(body) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Unreadable):
        assert isinstance(read_observation(bytes(body)), Struct)


@pytest.mark.parametrize(
    ("body", "wrong"),
    [
        ('{"saw":"sent","at":"2006-07-01T00:00:00"}', "no zone"),
        ('{"saw":"sent","at":"0001-01-01T00:00:00Z"}', "year"),
        ('{"saw":"sent","at":"9999-12-31T23:59:59Z"}', "year"),
        ('{"saw":"sent","at":"2006-07-01T00:00:00Z","fault":"double"}', "unknown key “fault”"),
        ('{"saw":"heard","at":"2006-07-01T00:00:00Z"}', "saw"),
        ('{"saw":"bill","at":"2006-07-01T00:00:00Z","charges":[{"charged_at":"2006-07-01T00:00:00Z"}]}', "missing"),
        ('{"saw":"trouble","at":"2006-07-01T00:00:00Z","failure":"gremlins"}', "gremlins"),
        ("[" * 100_000, "object"),
        (" " * 8_000_001, "at most"),
    ],
)
def test_what_is_wrong_with_an_answer_is_said(body: str, wrong: str) -> None:
    with pytest.raises(Unreadable, match=wrong):
        read_observation(body.encode())


@pytest.mark.parametrize(
    "body",
    [
        '{"client":"k","msisdn":"139","act":{"act":"send","to":"1066","text":"DG","purpose":"order"}}',
        '{"client":"k","msisdn":"139","act":{"act":"listen","until":"2006-07-01T00:00:00Z"}}',
        '{"client":"k","msisdn":"","act":{"act":"read_bill"}}',
        '{"client":"k","msisdn":"139","act":{"act":"send","to":"1066","text":"%s"}}' % ("x" * 2_001),
        '{"client":"k","msisdn":"139","act":{"act":"read_bill"},"more":1}',
    ],
)
def test_an_act_beyond_the_interface_is_refused(body: str) -> None:
    with pytest.raises(Unreadable):
        read_perform(body.encode())
