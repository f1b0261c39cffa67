"""One caller's telephone, datagram by datagram, by a made clock."""

from __future__ import annotations

import sys
from math import inf

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialtest.wire.sip.dtmf import read_key
from dialtest.wire.sip.glance import body_of, header_of, headers_of
from dialtest.wire.sip.message import Request
from dialtest.wire.sip.reading import read
from load.callers.call import Call
from tests.load.callers.made import answer, bye_from_hotline, call, give, line, methods

OFFER = "X-Offer: 1=wait, 2=self-service"
AGENT, SELF_SERVICE = "X-Answered-By: agent", "X-Answered-By: self-service"


def ticks(one: Call, until_s: float) -> list[tuple[float, str]]:
    """What a call sends by itself until a second, and when."""
    sent = []
    while one.due_s <= until_s:
        now_s = one.due_s
        sent += [(now_s, method) for method in methods(one.tick(now_s))]
    return sent


def talking(one: Call) -> bytes:
    """An agent answers at second 2; the INVITE is given back."""
    invite = one.invite()
    give(one, invite, 180, 0.1)
    assert ["ACK"] == methods(give(one, invite, 200, 2.0, AGENT))
    return invite


def test_an_answered_call_is_acknowledged_and_ended_by_bye_when_the_handle_time_is_over() -> None:
    one = call(talks_s=30.0)
    talking(one)
    assert ("talking", "answered", 2.0, 32.0) == (one.state, one.outcome, one.decided_s, one.due_s)
    bye = one.tick(32.0)[0]
    assert ("BYE", "leaving") == (methods([bye])[0], one.state)
    give(one, bye, 200, 32.1)
    assert ("over", inf, "") == (one.state, one.due_s, one.failure)


def test_every_request_of_a_call_is_sound_sip() -> None:
    one = call(patience_s=5.0)
    invite = one.invite()
    give(one, invite, 182, 0.1, OFFER)
    cancel = one.tick(5.0)[0]
    other = call(takes_self_service=True)
    info = give(other, other.invite(), 182, 0.1, OFFER)[0]
    ack = give(other, other.invite(), 200, 1.0, SELF_SERVICE)[0]
    bye = other.tick(31.0)[0]
    found = [read(datagram) for datagram in (invite, cancel, info, ack, bye)]
    assert ["INVITE", "CANCEL", "INFO", "ACK", "BYE"] == [one.method for one in found if isinstance(one, Request)]
    assert [1, 1, 2, 1, 3] == [one.cseq[0] for one in found]
    assert ["brand=mzone" in invite.decode(), True] == [True, b"sip:13800000007@" in header_of(invite, b"from")]


def test_an_invite_is_sent_again_by_timer_a_and_given_up_by_timer_b() -> None:
    one = call(patience_s=1000.0)
    assert [(0.5, "INVITE"), (1.5, "INVITE"), (3.5, "INVITE"), (7.5, "INVITE"), (15.5, "INVITE"), (31.5, "INVITE")] == (
        ticks(one, 40.0)
    )
    assert ("over", "failed", "no reply", 32.0) == (one.state, one.outcome, one.failure, one.decided_s)


def test_a_provisional_answer_ends_the_repetition_of_the_invite() -> None:
    one = call(patience_s=100.0)
    give(one, one.invite(), 100, 0.2, tag="")
    assert (100.0, []) == (one.due_s, ticks(one, 99.0))


def test_who_loses_patience_cancels_and_is_abandoned_when_that_is_confirmed() -> None:
    one = call(patience_s=5.0)
    invite = one.invite()
    give(one, invite, 180, 0.1)
    cancel = one.tick(5.0)[0]
    assert header_of(invite, b"via") == header_of(cancel, b"via")
    give(one, cancel, 200, 5.1)
    assert ["ACK"] == methods(give(one, invite, 487, 5.1))
    assert ("over", "abandoned", 5.0, "") == (one.state, one.outcome, one.decided_s, one.failure)


def test_nobody_cancels_before_the_hotline_has_said_anything() -> None:
    one = call(patience_s=1.0)
    assert ["INVITE", "INVITE"] == [method for _, method in ticks(one, 2.0)]
    assert ["CANCEL"] == methods(give(one, one.invite(), 100, 2.5, tag=""))


def test_a_cancel_is_sent_again_by_timer_e_and_given_up_by_timer_f() -> None:
    one = call(patience_s=5.0)
    give(one, one.invite(), 180, 0.1)
    sent = ticks(one, 100.0)
    assert [5.0, 5.5, 6.5, 8.5, 12.5, 16.5, 20.5, 24.5, 28.5, 32.5, 36.5] == [when_s for when_s, _ in sent]
    assert ("abandoned", "no answer to CANCEL") == (one.outcome, one.failure)


def test_a_hotline_that_confirms_cancel_but_never_ends_the_call_is_waited_for_64_t1() -> None:
    one = call(patience_s=5.0)
    give(one, one.invite(), 180, 0.1)
    give(one, one.tick(5.0)[0], 200, 5.2)
    assert [] == ticks(one, 37.1)
    assert [] == ticks(one, 37.3)
    assert ("over", "abandoned") == (one.state, one.outcome)


def test_whoever_is_answered_while_hanging_up_talks_to_the_agent() -> None:
    one = call(patience_s=5.0, talks_s=10.0)
    invite = one.invite()
    give(one, invite, 180, 0.1)
    one.tick(5.0)
    assert ["ACK"] == methods(give(one, invite, 200, 5.01, AGENT))
    assert ("talking", "answered", 15.01) == (one.state, one.outcome, one.due_s)


@pytest.mark.parametrize("status", [486, 503, 600])
def test_full_lines_make_a_call_busy(status: int) -> None:
    one = call()
    assert ["ACK"] == methods(give(one, one.invite(), status, 0.1))
    assert ("over", "busy", "") == (one.state, one.outcome, one.failure)


@pytest.mark.parametrize("status", [302, 404, 408, 500, 603])
def test_any_other_refusal_is_a_failed_call_with_its_status(status: int) -> None:
    one = call()
    give(one, one.invite(), status, 0.1)
    assert ("failed", f"status {status}") == (one.outcome, one.failure)


def test_a_wait_that_the_hotline_ends_is_an_abandoned_call() -> None:
    one = call()
    invite = one.invite()
    give(one, invite, 182, 0.1)
    give(one, invite, 480, 9.0)
    assert ("abandoned", 9.0) == (one.outcome, one.decided_s)


def test_the_ack_of_a_refusal_has_the_branch_of_the_invite_and_the_answers_tag() -> None:
    one = call()
    invite = one.invite()
    ack = give(one, invite, 486, 0.1, tag="full")[0]
    assert header_of(invite, b"via") == header_of(ack, b"via")
    assert header_of(ack, b"to").endswith(b";tag=full")
    assert b"1 ACK" == header_of(ack, b"cseq")


@pytest.mark.parametrize(("takes", "key"), [(True, "2"), (False, "1")])
def test_an_offer_of_self_service_is_answered_once_by_a_key(takes: bool, key: str) -> None:
    one = call(takes_self_service=takes)
    invite = one.invite()
    info = give(one, invite, 182, 0.1, OFFER)
    assert ["INFO"] == methods(info)
    assert key == read_key(header_of(info[0], b"content-type").decode(), body_of(info[0]))
    give(one, info[0], 200, 0.2)
    assert [] == give(one, invite, 182, 60.0, OFFER)


def test_a_key_is_sent_again_by_timer_e_until_it_is_answered() -> None:
    one = call(patience_s=1000.0)
    info = give(one, one.invite(), 182, 0.0, OFFER)[0]
    assert [(0.5, "INFO"), (1.5, "INFO")] == ticks(one, 3.0)
    give(one, info, 200, 3.0)
    assert (1000.0, []) == (one.due_s, ticks(one, 900.0))


def test_who_takes_the_self_service_is_diverted() -> None:
    one = call(takes_self_service=True)
    invite = one.invite()
    give(one, invite, 182, 0.1, OFFER)
    assert ["ACK"] == methods(give(one, invite, 200, 0.3, SELF_SERVICE))
    assert "diverted" == one.outcome


def test_in_a_menu_the_caller_listens_and_then_asks_for_an_agent_whose_wait_counts_from_there() -> None:
    one = call(patience_s=20.0, menu_s=8.0)
    invite = one.invite()
    give(one, invite, 183, 1.0)
    info = one.tick(9.0)
    assert "0" == read_key(header_of(info[0], b"content-type").decode(), body_of(info[0]))
    give(one, info[0], 200, 9.1)
    give(one, invite, 182, 9.1)
    assert (29.0, 9.0) == (one.due_s, one.in_menu_s)


def test_requests_go_the_way_record_route_names_last_router_first() -> None:
    one = call()
    routes = ("Record-Route: <sip:127.0.0.3:5070;lr>", "Record-Route: <sip:127.0.0.2:5060;lr>")
    ack = give(one, one.invite(), 200, 1.0, *routes)[0]
    assert [b"<sip:127.0.0.2:5060;lr>", b"<sip:127.0.0.3:5070;lr>"] == headers_of(ack, b"route")
    assert ("127.0.0.2", 5060) == one.hop
    assert ack.startswith(b"ACK sip:10086@127.0.0.1:5086 SIP/2.0")


def test_a_strict_router_gets_the_request_and_the_target_as_last_route() -> None:
    one = call()
    ack = give(one, one.invite(), 200, 1.0, "Record-Route: <sip:127.0.0.2:5060>")[0]
    assert ack.startswith(b"ACK sip:127.0.0.2:5060 SIP/2.0")
    assert [b"<sip:10086@127.0.0.1:5086>"] == headers_of(ack, b"route")


def test_a_way_to_a_host_that_may_not_be_loaded_is_not_taken() -> None:
    one = call(on=line(allowed=lambda host: host == "127.0.0.1"))
    give(one, one.invite(), 200, 1.0, "Record-Route: <sip:192.0.2.1:5060;lr>")
    assert ("127.0.0.1", 5086) == one.hop


@pytest.mark.parametrize(
    ("status", "asks", "answers"),
    [(401, "WWW-Authenticate", "Authorization"), (407, "Proxy-Authenticate", "Proxy-Authorization")],
)
def test_a_challenge_is_answered_once_with_the_password(status: int, asks: str, answers: str) -> None:
    one = call(on=line(password="secret"))
    challenge = f'{asks}: Digest realm="hot", nonce="n1", algorithm=SHA-256, qop="auth"'
    ack, again = give(one, one.invite(), status, 0.1, challenge)
    assert ["ACK", "INVITE"] == methods([ack, again])
    assert b"2 INVITE" == header_of(again, b"cseq")
    assert header_of(again, answers.lower().encode()).startswith(b'Digest username="13800000007"')
    assert ["ACK"] == methods(give(one, again, status, 0.2, challenge))
    assert ("failed", f"status {status}") == (one.outcome, one.failure)


def test_all_callers_may_share_one_user_and_password() -> None:
    one = call(on=line(password="hall:secret"))
    _, again = give(one, one.invite(), 401, 0.1, 'WWW-Authenticate: Digest realm="hot", nonce="n1"')
    assert header_of(again, b"authorization").startswith(b'Digest username="hall"')


def test_without_a_password_a_challenge_is_a_failed_call() -> None:
    one = call()
    give(one, one.invite(), 401, 0.1, 'WWW-Authenticate: Digest realm="hot", nonce="n1"')
    assert ("failed", "status 401") == (one.outcome, one.failure)


def test_the_hotline_may_hang_up_and_is_answered() -> None:
    one = call()
    invite = talking(one)
    said = one.request(b"BYE", bye_from_hotline(invite), 9.0)[0]
    assert said.startswith(b"SIP/2.0 200 OK\r\nVia: SIP/2.0/UDP 127.0.0.1:5086;branch=z9hG4bKbye")
    assert ("over", "answered") == (one.state, one.outcome)


def test_a_bye_to_a_call_that_waits_is_a_failed_call() -> None:
    one = call()
    give(one, one.invite(), 180, 0.1)
    one.request(b"BYE", bye_from_hotline(one.invite()), 3.0)
    assert ("over", "failed", "hung up on") == (one.state, one.outcome, one.failure)


def test_an_answer_that_comes_again_is_acknowledged_again() -> None:
    one = call()
    invite = talking(one)
    assert ["ACK"] == methods(give(one, invite, 200, 2.5, AGENT))
    assert ("talking", 2.0) == (one.state, one.decided_s)


def test_a_bye_without_answer_is_told_but_the_call_stays_answered() -> None:
    one = call(talks_s=30.0)
    talking(one)
    ticks(one, 100.0)
    assert ("over", "answered", "no answer to BYE") == (one.state, one.outcome, one.failure)


def test_a_host_where_nobody_listens_fails_a_call_that_has_no_answer_yet() -> None:
    one, waiting = call(), call()
    give(waiting, waiting.invite(), 180, 0.1)
    one.refuse(0.5)
    waiting.refuse(0.5)
    assert ("over", "nobody listens", "waiting") == (one.state, one.failure, waiting.state)


def test_a_call_that_the_runs_end_cuts_off_is_hung_up_and_failed() -> None:
    waits, talks = call(), call()
    give(waits, waits.invite(), 180, 0.1)
    talking(talks)
    assert ["CANCEL", "BYE"] == methods([*waits.cut(5.0), *talks.cut(5.0)])
    assert ("failed", "answered") == (waits.outcome, talks.outcome)


def test_a_waiting_caller_is_a_few_hundred_bytes() -> None:
    one = call()
    give(one, one.invite(), 182, 0.1)
    parts = [getattr(one, name) for name in Call.__slots__ if name not in ("line", "_way")]
    assert sys.getsizeof(one) + sum(sys.getsizeof(part) for part in parts if isinstance(part, (float, bytes))) < 1000


@given(st.lists(st.tuples(st.sampled_from((100, 180, 182, 183, 200, 202, 401, 480, 486, 487, 500, 0)),
                          st.sampled_from(("INVITE", "CANCEL", "BYE", "INFO", "")),
                          st.integers(-1, 3), st.floats(0, 20)), max_size=12))  # fmt: skip
def test_whatever_comes_in_whatever_order_every_call_ends_with_one_outcome(
    events: list[tuple[int, str, int, float]],
) -> None:
    one, now_s = call(patience_s=30.0, talks_s=20.0), 0.0
    invite = one.invite()
    for status, method, cseq, later_s in events:
        now_s += later_s
        one.tick(now_s)
        if one.state == "over":
            break
        if status:
            said = answer(invite, status, OFFER, tag="" if later_s < 1 else "hot")
            one.answer(status, method.encode(), cseq, said, now_s)
        else:
            one.request(method.encode(), bye_from_hotline(invite), now_s)
    while one.state != "over":
        assert now_s < 1000
        assert one.due_s < inf
        now_s = max(now_s, one.due_s)
        one.tick(now_s)
    assert one.outcome in ("answered", "diverted", "abandoned", "busy", "failed")
