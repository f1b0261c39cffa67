"""Client transactions against the tables of RFC 3261 §17.1, with a clock that only moves when told."""

from __future__ import annotations

import pytest

from dialtest.wire.sip.client_transaction import InviteClient, RequestClient, ack_of, cancel_of, fits
from dialtest.wire.sip.message import Request, write
from dialtest.wire.sip.reading import read
from dialtest.wire.sip.step import Step
from tests.dialtest.wire.sip.messages import answered, bye, invite

INVITE = write(invite())
BYE = write(bye())


def played(transaction: InviteClient | RequestClient, step: Step, now_s: float) -> tuple[list[float], list[str]]:
    """Let time pass until no timer runs: when something was sent again, and what was told."""
    sent, told = [], []
    while step.due_s is not None:
        now_s = step.due_s
        step = transaction.tick(now_s)
        sent += [now_s] if step.send else []
        told += [f"{step.told} {now_s:g}"] if step.told else []
    return sent, told


def test_an_invite_without_answer_is_sent_again_by_timer_a_and_given_up_by_timer_b() -> None:
    transaction = InviteClient(INVITE)
    first = transaction.start(0.0)
    assert INVITE == first.send
    assert ([0.5, 1.5, 3.5, 7.5, 15.5, 31.5], ["timed_out 32"]) == played(transaction, first, 0.0)
    assert "terminated" == transaction.state


def test_a_bye_without_answer_is_sent_again_by_timer_e_and_given_up_by_timer_f() -> None:
    transaction = RequestClient(BYE)
    sent, told = played(transaction, transaction.start(0.0), 0.0)
    assert [0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5] == sent
    assert ["timed_out 32"] == told


def test_after_a_provisional_answer_an_invite_is_not_sent_again_however_long_it_takes() -> None:
    transaction = InviteClient(INVITE)
    transaction.start(0.0)
    assert Step(None, "provisional", None) == transaction.receive(180, answered(invite(), 180), 0.2)
    assert Step(None, None, None) == transaction.tick(3600.0)
    assert Step(None, "provisional", None) == transaction.receive(182, answered(invite(), 182), 3600.0)


def test_after_a_provisional_answer_a_bye_is_sent_again_each_t2() -> None:
    transaction = RequestClient(BYE)
    transaction.start(0.0)
    step = transaction.receive(100, 0.2)
    assert ("provisional", 4.2) == (step.told, step.due_s)
    assert [4.2, 8.2, 12.2, 16.2, 20.2, 24.2, 28.2] == pytest.approx(played(transaction, step, 0.2)[0])


def test_a_refusal_gets_its_ack_and_so_does_each_repetition_until_timer_d() -> None:
    transaction = InviteClient(INVITE)
    transaction.start(0.0)
    refusal = answered(invite(), 486)
    first = transaction.receive(486, refusal, 1.0)
    assert Step(ack_of(INVITE, refusal), "refused", 33.0) == first
    assert Step(first.send, None, 33.0) == transaction.receive(486, refusal, 5.0)
    assert ([], []) == played(transaction, first, 1.0)
    assert "terminated" == transaction.state


def test_a_repeated_2xx_is_told_so_that_the_dialog_sends_its_ack_again() -> None:
    transaction = InviteClient(INVITE)
    transaction.start(0.0)
    accepted = answered(invite(), 200)
    assert Step(None, "accepted", 34.0) == transaction.receive(200, accepted, 2.0)
    assert Step(None, "repeated", 34.0) == transaction.receive(200, accepted, 2.5)
    assert Step(None, None, 34.0) == transaction.receive(486, accepted, 2.6)
    assert Step(None, None, None) == transaction.tick(34.0)


def test_repetitions_of_a_byes_answer_are_absorbed_until_timer_k() -> None:
    transaction = RequestClient(BYE)
    transaction.start(0.0)
    assert Step(None, "accepted", 5.1) == transaction.receive(200, 0.1)
    assert Step(None, None, 5.1) == transaction.receive(200, 1.0)
    assert Step(None, None, None) == transaction.tick(5.1)


def test_the_ack_of_a_refusal_has_the_invites_branch_and_route_and_the_answers_tag() -> None:
    routed = invite("z9hG4bKone", ("Route", "<sip:p1;lr>"), ("Route", "<sip:p2;lr>"))
    ack = read(ack_of(write(routed), answered(routed, 404)))
    assert isinstance(ack, Request)
    assert ("ACK", routed.uri, (1, "ACK")) == (ack.method, ack.uri, ack.cseq)
    assert (routed.via, "hotline") == (ack.via, ack.receiver.tag)
    assert ("<sip:p1;lr>", "<sip:p2;lr>") == ack.headers.all("Route")


def test_a_cancel_has_all_of_its_invite_but_the_method() -> None:
    cancel = read(cancel_of(INVITE))
    assert isinstance(cancel, Request)
    assert ("CANCEL", (1, "CANCEL")) == (cancel.method, cancel.cseq)
    assert (invite().uri, invite().via, invite().receiver) == (cancel.uri, cancel.via, cancel.receiver)


def test_an_answer_fits_the_request_with_its_branch_and_method_only() -> None:
    assert fits(INVITE, answered(invite(), 180))
    assert not fits(INVITE, answered(invite("z9hG4bKother"), 180))
    assert not fits(cancel_of(INVITE), answered(invite(), 200))
