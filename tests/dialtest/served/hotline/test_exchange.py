"""What the hotline's exchange takes, refuses and drops, and that nothing that comes upsets it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialtest.served.hotline.exchange import msisdn_of
from dialtest.wire.sip.digest import best, credentials_for, read_challenge
from dialtest.wire.sip.message import Headers, Request, Response, write
from tests.dialtest.served.hotline.rung import THERE, Ringing, Rung, setup_of

URI = "sip:10086@127.0.0.1:5086;brand=mzone"


def statuses(rung: Rung, datagram: bytes) -> list[int]:
    return [answer.status for answer in rung.take(datagram) if isinstance(answer, Response)]


def other(rung: Rung, method: str, uri: str = URI, *lines: tuple[str, str], body: bytes = b"") -> list[int]:
    """A request outside any call; the statuses of its answers."""
    headers = Headers.of(
        ("Via", f"SIP/2.0/UDP 127.0.0.1:5061;branch=z9hG4bK-{method}"),
        ("From", "<sip:13800000001@127.0.0.1>;tag=o"),
        ("To", "<sip:10086@127.0.0.1>"),
        ("Call-ID", f"other-{method}"),
        ("CSeq", f"1 {method}"),
        *lines,
    )
    return statuses(rung, write(Request(method, uri, headers, body)))


@pytest.mark.parametrize(
    ("method", "status"),
    [("OPTIONS", 200), ("REGISTER", 405), ("MESSAGE", 405), ("FOO", 501), ("BYE", 481), ("CANCEL", 481), ("INFO", 481)],
)
def test_a_request_outside_any_call_is_answered_as_the_rfc_has_it(method: str, status: int) -> None:
    rung = Rung()
    assert [status] == other(rung, method)
    allowed = rung.sent[-1].headers.all("Allow")
    assert ("INVITE" in allowed) == (status in (200, 405, 501))


@pytest.mark.parametrize(
    ("uri", "status"),
    [
        ("sip:10000@127.0.0.1", 404),
        ("sip:127.0.0.1", 404),
        ("sip:10086@127.0.0.1;brand=nobody", 404),
        ("tel:10086", 200),
        ("sip:10086@127.0.0.1;brand=gotone", 200),
    ],
)
def test_a_call_to_nobody_is_refused(uri: str, status: int) -> None:
    assert status == Rung().ring(1, uri).statuses[-1]


def test_an_ack_is_never_answered() -> None:
    assert [] == other(Rung(), "ACK")


def test_an_extension_or_a_body_that_is_not_for_it_is_refused() -> None:
    rung = Rung()
    assert [420] == rung.ring(1, URI, ("Require", "100rel")).statuses
    assert ("100rel",) == rung.sent[-1].headers.all("Unsupported")
    assert [415] == other(rung, "INVITE", URI, ("Content-Type", "text/plain"), body=b"hello")
    call = rung.ring(2)
    assert [415] == call.say("INFO", ("Content-Type", "text/plain"), body=b"2")
    assert [200] == call.say("INFO")


def test_requests_out_of_order_or_of_no_call_are_refused_and_the_call_goes_on() -> None:
    rung = Rung()
    call = rung.ring(1).talk()
    late = write(call.dialog.request("INFO", "SIP/2.0/UDP 127.0.0.1:5061;branch=z9hG4bKlate"))
    call.say("INFO")
    assert [500] == call.repeat(late)
    assert [481] == call.repeat(call.last.replace(b";tag=1-", b";tag=9-"))
    again = write(call.dialog.request("INVITE", "SIP/2.0/UDP 127.0.0.1:5061;branch=z9hG4bKagain"))
    assert [488] == statuses(rung, again)
    by_another_way = call.datagram.replace(b"z9hG4bK-1-1", b"z9hG4bK-1-2")
    assert [482] == statuses(rung, by_another_way)
    assert [200] == call.hang_up()


def test_noise_is_counted_and_dropped_and_keep_alives_are_not() -> None:
    rung = Rung()
    for datagram in (b"", b"\r\n\r\n", b"\0"):
        assert [] == rung.take(datagram)
    assert 0 == rung.exchange.garbage
    for datagram in (b"hello", b"INVITE", b"\xff" * 1400, b"GET / HTTP/1.1\r\n\r\n", b"SIP/2.0"):
        assert [] == rung.take(datagram)
    no_hop = rung.ring(1).datagram.replace(b"Via: ", b"Via:,", 1)
    assert [] == rung.take(no_hop, ("127.0.0.1", 9))
    assert 6 == rung.exchange.garbage


@settings(max_examples=60)
@given(st.data())
def test_nothing_that_comes_upsets_it(data: st.DataObject) -> None:
    rung = Rung()
    call = rung.ring(1).talk()
    waiting = rung.ring(2)
    call.press("1")
    known = [call.datagram, call.last, waiting.datagram, *(datagram for datagram, _ in rung.datagrams)]
    for _ in range(20):
        datagram = data.draw(st.sampled_from(known))
        place = data.draw(st.integers(0, len(datagram)))
        noise = data.draw(st.binary(max_size=4) | st.sampled_from([b"\r\n", b"<", b'"', b";tag=x", b",", b"BYE"]))
        rung.take(datagram[:place] + noise + datagram[place + len(noise) :])
        rung.wait(0.1)
    rung.wait(40, step_s=1)
    assert 200 == rung.ring(3, "sip:10086@127.0.0.1;brand=easyown").statuses[-1]


def test_answers_go_to_the_host_the_request_came_from_whatever_its_via_says() -> None:
    rung = Rung()
    call = Ringing(rung, 1, URI, ())
    elsewhere = call.datagram.replace(b"127.0.0.1:5061;branch=z9hG4bK-1-1", b"192.0.2.9:7000;branch=z9hG4bK-9")
    rung.take(elsewhere.replace(b"call-1", b"call-9"), ("127.0.0.1", 6000))
    assert ("127.0.0.1", 7000) == rung.datagrams[-1][1]
    assert "received=127.0.0.1" in (rung.sent[-1].headers.first("Via") or "")
    asked = call.datagram.replace(b"branch=z9hG4bK-1-1", b"branch=z9hG4bK-8;rport").replace(b"call-1", b"call-8")
    rung.take(asked, ("127.0.0.1", 6000))
    assert ("127.0.0.1", 6000) == rung.datagrams[-1][1]
    assert "rport=6000" in (rung.sent[-1].headers.first("Via") or "")


def test_who_does_not_know_the_password_is_not_let_in() -> None:
    rung = Rung(setup_of(digest=("ring", "ring")))
    call = rung.ring(1)
    assert [401] == call.statuses
    challenges = [read_challenge(text) for text in call.heard[0].headers.all("WWW-Authenticate")]
    assert ["MD5", "SHA-256"] == [challenge.algorithm for challenge in challenges]
    assert best(challenges) == challenges[0]
    number = 1
    for password, expected in (("wrong", 401), ("ring", 200)):
        for challenge in challenges:
            number += 1
            made = credentials_for(challenge, "ring", password, "INVITE", URI, "c")
            call = rung.ring(number, URI, ("Authorization", str(made)))
            assert expected == call.statuses[-1]
            if expected == 200:
                call.talk().hang_up()
            else:
                again = [read_challenge(text) for text in call.heard[0].headers.all("WWW-Authenticate")]
                assert [False, False] == [one.stale for one in again]
    rung.wait(400, step_s=100)
    old = rung.ring(9, URI, ("Authorization", str(credentials_for(challenges[0], "ring", "ring", "INVITE", URI, "c"))))
    assert [True, True] == [read_challenge(text).stale for text in old.heard[0].headers.all("WWW-Authenticate")]


@pytest.mark.parametrize(
    ("user", "msisdn"),
    [
        (b"13800000001", "13800000001"),
        (b"+8613800000001", "13800000001"),
        (b"008613800000001", "13800000001"),
        (b"8613800000001", "13800000001"),
        (b"+86-138-0000-0001", "13800000001"),
        (b"anonymous", "anonymous"),
        (b"", ""),
        (b"x" * 100, "x" * 32),
        (b"8610", "8610"),
    ],
)
def test_a_number_is_told_in_one_way(user: bytes, msisdn: str) -> None:
    assert msisdn == msisdn_of(user)


ACTS = st.lists(
    st.tuples(st.sampled_from(["ring", "menu", "cancel", "bye", "1", "2", "0", "again", "wait"]), st.integers(0, 30)),
    max_size=120,
)


@settings(max_examples=40)
@given(ACTS, st.sampled_from([500, 6]), st.sampled_from([None, 2]))
def test_whatever_callers_do_every_call_ends_as_one_thing_and_nobody_is_lost(
    acts: list[tuple[str, int]], lines: int, ports: int | None
) -> None:
    rung = Rung(setup_of(lines=lines, menu_ports=ports, speed=60.0, longest_call_s=7200.0))
    calls: list[Ringing] = []
    for act, which in acts:
        if act in ("ring", "menu"):
            calls.append(rung.ring(len(calls) + 1, URI + (";menu" if act == "menu" else "")))
        elif act == "wait":
            rung.wait(which / 10)
        elif calls:
            _do(calls[which % len(calls)], act)
    rung.exchange.calls.close(rung.now_s)
    rung.exchange.calls.part_all(rung.now_s)
    rung.wait(40, step_s=1)
    counts, exchange = rung.floor().counts, rung.exchange
    ends = counts.answered + counts.abandoned + counts.diverted + counts.left_menu + counts.busy
    assert (len(calls), len(calls), exchange.calls.book.last) == (counts.calls, ends, len(calls))
    assert (0, 0, 0, 0) == (
        len(exchange.calls.lines),
        len(exchange.calls.waiting),
        exchange.calls.in_menu,
        rung.floor().desk.busy,
    )
    assert (counts.recorded, 0) == (counts.called_back + counts.settled, rung.floor().desk.owed)
    outcomes = {entry.outcome for entry in exchange.calls.book.after(0, 1000)}
    assert outcomes <= {"answered", "abandoned", "diverted", "left_menu", "busy"}


def _do(call: Ringing, act: str) -> None:
    if act == "again":
        call.repeat(call.datagram)
    elif act == "cancel":
        call.cancel()
    elif any(answer.receiver.tag and 100 < answer.status < 300 for answer in call.heard):
        if act == "bye":
            call.acknowledge()
            call.hang_up()
        else:
            call.press(act)


def test_its_address_stands_in_its_contact() -> None:
    call = Rung().ring()
    assert f"<sip:10086@127.0.0.1:{THERE[1] + 25}>" == call.heard[-1].headers.first("Contact")
