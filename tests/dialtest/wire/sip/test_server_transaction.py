"""Server transactions against the tables of RFC 3261 §17.2, with a clock that only moves when told."""

from __future__ import annotations

from dialtest.wire.sip.server_transaction import InviteServer, RequestServer
from dialtest.wire.sip.step import Step

RESENT_BY_G_S = [0.5, 1.5, 3.5, 7.5, 11.5, 15.5, 19.5, 23.5, 27.5, 31.5]


def played(transaction: InviteServer, step: Step) -> tuple[list[float], list[str]]:
    """Let time pass until no timer runs: when the answer was sent again, and what was told."""
    sent, told = [], []
    while step.due_s is not None:
        now_s = step.due_s
        step = transaction.tick(now_s)
        sent += [now_s] if step.send else []
        told += [f"{step.told} {now_s:g}"] if step.told else []
    return sent, told


def test_a_provisional_answer_is_repeated_for_a_repeated_invite_only() -> None:
    transaction = InviteServer()
    assert Step(None, None, None) == transaction.again()
    assert Step(b"180", None, None) == transaction.answer(180, b"180", 0.1)
    assert Step(b"180", None, None) == transaction.again()
    assert Step(None, None, None) == transaction.tick(100.0)


def test_a_refusal_is_repeated_by_timer_g_and_given_up_by_timer_h() -> None:
    transaction = InviteServer()
    assert (RESENT_BY_G_S, ["unacknowledged 32"]) == played(transaction, transaction.answer(487, b"487", 0.0))
    assert "terminated" == transaction.state


def test_a_2xx_is_repeated_in_the_same_way_until_its_ack() -> None:
    unheard, heard = InviteServer(), InviteServer()
    assert (RESENT_BY_G_S, ["unacknowledged 32"]) == played(unheard, unheard.answer(200, b"200", 0.0))
    heard.answer(200, b"200", 0.0)
    assert Step(b"200", None, 1.5) == heard.tick(0.5)
    assert Step(None, "acknowledged", 32.7) == heard.acknowledge(0.7)
    assert Step(None, None, 32.7) == heard.acknowledge(0.8)
    assert ([], []) == played(heard, heard.tick(1.5))


def test_a_repeated_invite_gets_a_refusal_again_but_no_2xx() -> None:
    refused, accepted = InviteServer(), InviteServer()
    refused.answer(486, b"486", 0.0)
    accepted.answer(200, b"200", 0.0)
    assert (b"486", None) == (refused.again().send, accepted.again().send)


def test_an_acknowledged_refusal_is_forgotten_after_timer_i() -> None:
    transaction = InviteServer()
    transaction.answer(486, b"486", 0.0)
    assert Step(None, "acknowledged", 5.2) == transaction.acknowledge(0.2)
    assert Step(None, None, 5.2) == transaction.again()
    assert Step(None, None, 5.2) == transaction.tick(5.1)
    assert Step(None, None, None) == transaction.tick(5.2)
    assert "terminated" == transaction.state


def test_nothing_is_answered_behind_a_final_answer() -> None:
    invite, bye = InviteServer(), RequestServer()
    for transaction in (invite, bye):
        transaction.answer(200, b"200", 0.0)
        assert transaction.answer(500, b"500", 0.1).send is None
        assert b"200" == transaction.last


def test_a_repeated_bye_gets_its_answer_again_until_timer_j() -> None:
    transaction = RequestServer()
    assert Step(b"200", None, 32.0) == transaction.answer(200, b"200", 0.0)
    assert Step(b"200", None, 32.0) == transaction.again()
    assert Step(None, None, None) == transaction.tick(32.0)
    assert Step(None, None, None) == transaction.again()
