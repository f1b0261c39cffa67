"""What we write is read again as it was, by us and by a parser of somebody else; what others write, we read."""

from __future__ import annotations

import sipmessage
from hypothesis import given
from hypothesis import strategies as st

from dialtest.wire.sip.address import Address, Uri, read_address, read_uri
from dialtest.wire.sip.message import Headers, Request, Response, answer, write
from dialtest.wire.sip.names import LISTS, ONCE
from dialtest.wire.sip.reading import read
from dialtest.wire.sip.via import Via, read_via
from tests.dialtest.wire.sip.messages import invite

TOKENS = st.text("abcXYZ019-.!%*_+`'~", min_size=1, max_size=12)
WORDS = st.text(st.characters(exclude_categories=("Cc", "Cs")), max_size=20)
VALUES = WORDS.map(lambda text: text.strip(" \t"))
HOSTS = st.sampled_from(["127.0.0.1", "h", "hotline.example.net", "[::1]"])
PORTS = st.none() | st.integers(1, 65535)
PARAMETERS = st.dictionaries(
    st.sampled_from(["lr", "brand", "x-a", "transport"]), st.none() | st.text("abc019.-", min_size=1, max_size=8)
).map(lambda found: tuple(found.items()))
USERS = st.text(st.characters(exclude_categories=("Cs",)), max_size=12).filter(lambda user: ":" not in user)
URIS = st.builds(Uri, st.sampled_from(["sip", "sips"]), USERS, HOSTS, PORTS, PARAMETERS)
NAMES = WORDS.map(lambda text: text.strip(" \t"))
ADDRESSES = st.builds(Address, URIS, NAMES, PARAMETERS)
VIAS = st.builds(Via, st.sampled_from(["UDP", "TCP"]), HOSTS, PORTS, PARAMETERS)
OTHER_NAMES = TOKENS.filter(lambda name: name not in LISTS | ONCE and len(name) > 1)


@st.composite
def requests(draw: st.DrawFn) -> Request:
    method = draw(st.sampled_from(["INVITE", "BYE", "INFO", "OPTIONS", "X-NEW"]))
    vias = draw(st.lists(VIAS, min_size=1, max_size=3))
    others = draw(st.lists(st.tuples(OTHER_NAMES, VALUES), max_size=4))
    headers = Headers.of(
        *(("Via", str(via)) for via in vias),
        ("From", str(draw(ADDRESSES))),
        ("To", str(draw(ADDRESSES))),
        ("Call-ID", draw(TOKENS)),
        ("CSeq", f"{draw(st.integers(0, 2**31 - 1))} {method}"),
        *others,
    )
    return Request(method, str(draw(URIS)), headers, draw(st.binary(max_size=40)))


@given(requests())
def test_a_request_is_read_as_it_was_written(request: Request) -> None:
    assert request == read(write(request))


@given(requests(), st.sampled_from([100, 180, 182, 200, 404, 486, 503]), TOKENS)
def test_a_response_is_read_as_it_was_written_and_answers_its_request(request: Request, status: int, tag: str) -> None:
    response = answer(request, status, tag=tag)
    again = read(write(response))
    assert response == again
    assert isinstance(again, Response)
    assert (request.call_id, request.cseq, request.via) == (again.call_id, again.cseq, again.via)
    assert again.receiver.tag == request.receiver.tag or tag == again.receiver.tag


@given(URIS)
def test_a_uri_is_read_as_it_was_written(uri: Uri) -> None:
    assert uri == read_uri(str(uri))


@given(ADDRESSES)
def test_an_address_is_read_as_it_was_written(address: Address) -> None:
    assert address == read_address(str(address))


@given(VIAS)
def test_a_via_is_read_as_it_was_written(via: Via) -> None:
    assert via == read_via(str(via))


@given(requests())
def test_an_independent_parser_reads_what_we_write(request: Request) -> None:
    plain = Request(request.method, "sip:10086@127.0.0.1:5086;brand=mzone", invite().headers, request.body)
    found = sipmessage.Message.parse(write(plain))
    assert isinstance(found, sipmessage.Request)
    assert (plain.method, plain.uri, plain.body) == (found.method, str(found.uri), found.body)
    assert plain.call_id == found.call_id
    assert str(plain.sender.uri) == str(found.from_address.uri)
    assert plain.via.branch == found.via[0].parameters["branch"]


@given(st.sampled_from(["INVITE", "BYE", "INFO"]), st.binary(max_size=40), st.integers(1, 2**31 - 1))
def test_we_read_what_an_independent_writer_writes(method: str, body: bytes, number: int) -> None:
    theirs = sipmessage.Request(method, sipmessage.URI.parse("sip:10086@127.0.0.1:5086"))
    theirs.via = [sipmessage.Via.parse("SIP/2.0/UDP 127.0.0.1:5061;branch=z9hG4bK1;rport")]
    theirs.from_address = sipmessage.Address.parse('"李" <sip:+8613800000001@127.0.0.1>;tag=a')
    theirs.to_address = sipmessage.Address.parse("<sip:10086@127.0.0.1>")
    theirs.call_id = "c@h"
    theirs.cseq = sipmessage.CSeq(number, method)
    theirs.body = body
    ours = read(bytes(theirs))
    assert isinstance(ours, Request)
    assert (method, (number, method), body) == (ours.method, ours.cseq, ours.body)
    assert ("李", "a", "+8613800000001") == (ours.sender.name, ours.sender.tag, ours.sender.uri.user)
    assert ("z9hG4bK1", 5061) == (ours.via.branch, ours.via.port)


def test_compact_and_odd_names_are_read_as_their_long_form() -> None:
    text = write(invite()).decode()
    for long, short in (("Via", "v"), ("From", "F"), ("To", "t"), ("Call-ID", "i"), ("Contact", "m"), ("CSeq", "cSEQ")):
        text = text.replace(f"\r\n{long}:", f"\r\n{short} :")
    assert invite() == read(text.encode())


def test_an_answer_goes_back_where_the_request_was_seen_to_come_from() -> None:
    via = read_via("SIP/2.0/UDP 10.0.0.1:5061;branch=z9hG4bK1")
    assert ("10.0.0.1", 5061) == via.answer_hop
    assert ("127.0.0.1", 5061) == via.seen_from("127.0.0.1", 9999).answer_hop
    asked = read_via("SIP/2.0/UDP 10.0.0.1:5061;branch=z9hG4bK1;rport")
    assert ("127.0.0.1", 9999) == asked.seen_from("127.0.0.1", 9999).answer_hop


def test_record_route_goes_into_answers_that_make_a_dialog_only() -> None:
    routed = invite("z9hG4bKone", ("Record-Route", "<sip:p2;lr>"), ("Record-Route", "<sip:p1;lr>"))
    copied = [answer(routed, status, tag="t").headers.all("Record-Route") for status in (100, 180, 200, 486)]
    assert [(), ("<sip:p2;lr>", "<sip:p1;lr>"), ("<sip:p2;lr>", "<sip:p1;lr>"), ()] == copied
