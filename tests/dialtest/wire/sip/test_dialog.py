"""Dialogs of both ends talk to each other, by route sets of loose and of strict routers."""

from __future__ import annotations

import pytest

from dialtest.wire.sip.dialog import Dialog, hop_line
from dialtest.wire.sip.message import Request, Response, answer, write
from dialtest.wire.sip.reading import read
from dialtest.wire.sip.refusal import Garbled
from tests.dialtest.wire.sip.messages import CALLER, invite

HOTLINE = "sip:10086@127.0.0.1:5086"
VIA = hop_line("127.0.0.1", 5061, "z9hG4bKnext")


def both(*routes: str) -> tuple[Dialog, Dialog]:
    """The dialogs of a caller and of the hotline, behind proxies that recorded their routes."""
    request = invite("z9hG4bKone", *(("Record-Route", route) for route in routes))
    response = answer(request, 200, tag="hotline", headers=[("Contact", f"<{HOTLINE}>")])
    return Dialog.of_caller(request, response), Dialog.of_called(request, "hotline")


def test_both_ends_remember_the_same_call() -> None:
    caller, called = both()
    assert (caller.call_id, caller.local, caller.remote) == (called.call_id, called.remote, called.local)
    assert (HOTLINE, CALLER) == (caller.target, called.target)


def test_a_bye_of_either_end_is_taken_by_the_other() -> None:
    caller, called = both()
    bye = read(write(caller.request("BYE", VIA)))
    assert isinstance(bye, Request)
    assert (HOTLINE, (2, "BYE"), "hotline") == (bye.uri, bye.cseq, bye.receiver.tag)
    assert (True, False) == (called.take(bye), called.take(bye))
    back = called.request("BYE", VIA)
    assert (CALLER, (1, "BYE"), "caller", "hotline") == (back.uri, back.cseq, back.receiver.tag, back.sender.tag)
    assert caller.take(back)


def test_the_ack_of_a_2xx_has_its_invites_number_and_does_not_count() -> None:
    caller, _ = both()
    assert (1, "ACK") == caller.request("ACK", VIA, cseq=1).cseq
    assert (2, "BYE") == caller.request("BYE", VIA).cseq


def test_loose_routers_are_routes_and_the_target_stays_the_request_uri() -> None:
    caller, called = both("<sip:p2:5070;lr>", "<sip:p1:5071;lr>")
    bye = caller.request("BYE", VIA)
    assert (HOTLINE, ("<sip:p1:5071;lr>", "<sip:p2:5070;lr>")) == (bye.uri, bye.headers.all("Route"))
    assert (("p1", 5071), ("p2", 5070)) == (caller.hop, called.hop)


def test_a_strict_router_is_the_request_uri_and_the_target_the_last_route() -> None:
    caller, _ = both("<sip:p2;lr>", "<sip:p1:5071>")
    bye = caller.request("BYE", VIA)
    assert ("sip:p1:5071", ("<sip:p2;lr>", f"<{HOTLINE}>")) == (bye.uri, bye.headers.all("Route"))


def test_an_answer_without_tag_or_contact_makes_no_dialog() -> None:
    untagged = answer(invite(), 180, headers=[("Contact", f"<{HOTLINE}>")])
    nowhere = answer(invite(), 180, tag="hotline")
    for response in (untagged, nowhere):
        with pytest.raises(Garbled):
            Dialog.of_caller(invite(), response)


def test_a_2xx_may_move_the_other_end() -> None:
    caller, _ = both()
    moved = read(write(answer(invite(), 200, tag="hotline", headers=[("Contact", "<sip:10086@127.0.0.1:6000>")])))
    assert isinstance(moved, Response)
    caller.refresh(moved)
    assert ("127.0.0.1", 6000) == caller.hop
