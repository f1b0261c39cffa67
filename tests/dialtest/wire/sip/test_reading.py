"""Hostile and odd input: read as the RFC has it, or refused in one way, never anything else (after RFC 4475)."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialtest.wire.sip.glance import body_of, branch_of, header_of, headers_of, method_of, status_of, tag_of
from dialtest.wire.sip.message import Headers, Request, Response, write
from dialtest.wire.sip.pieces import Pieces, contact_of, pieces_of, plain
from dialtest.wire.sip.reading import MOST_BYTES, read
from dialtest.wire.sip.refusal import Garbled
from dialtest.wire.sip.via import read_via
from tests.dialtest.wire.sip.messages import CALLER, answered, bye, invite
from tests.dialtest.wire.sip.test_message import requests

INVITE = write(invite())
ROUTED = write(invite("z9hG4bKone", ("Record-Route", "<sip:p1;lr>"), ("Route", "<sip:p2;lr>"), ("X-A", "b")))

# A request that is sound, and written as oddly as the grammar lets: compact and mixed-case names, folds, spaces before
# colons, an escaped user, quoted quotes, unknown headers, a list of Via in two lines, bytes beyond Content-Length.
ODD = (
    b"\r\n\r\nINFO sip:li%40home@hotline.example.net;unknown SIP/2.0\r\n"
    b"tO :\r\n sip:10086@hotline.example.net ;   tag    = desk-7\r\n"
    b'fROM   : "Li \\\\\\"Wei\\""       <sip:li@example.net>\r\n  ;\r\n  tag = li-1\r\n'
    b"mAX-fORWARDS: 0068\r\ni: odd.one@192.0.2.1\r\ncSEQ: 0009\r\n  INFO\r\n"
    b"Via  : SIP  /   2.0\r\n /UDP\r\n    192.0.2.2;branch=first\r\ns :\r\nNewHeader:   a value\r\n"
    b" that goes on\r\nv:  SIP  / 2.0  / TCP     proxy.example.net   ;\r\n  branch  =   z9hG4bKsecond  ,\r\n"
    b" SIP  /    2.0   / UDP  192.0.2.111   ; branch=\r\n z9hG4bKthird\r\n"
    b'm:"<not this> \\"\\"" <sip:li@example.net> ; newparam =\r\n      new ;\r\n  other ; q = 0.33\r\n'
    b"l: 4\r\n\r\nv=0\rjunk"
)

REFUSED = {
    "nothing": b"",
    "line breaks alone": b"\r\n\r\n",
    "no empty line": INVITE.rstrip(b"\r\n"),
    "bare line feeds": INVITE.replace(b"\r\n", b"\n"),
    "a carriage return in a value": INVITE.replace(b"call-1@", b"call\r1@"),
    "a zero byte": INVITE.replace(b"call-1@", b"call\0@"),
    "a byte that is no UTF-8": INVITE.replace(b"call-1@", b"call\xff@"),
    "another version": INVITE.replace(b" SIP/2.0\r\nVia", b" SIP/7.0\r\nVia"),
    "two spaces in the request line": INVITE.replace(b"INVITE sip", b"INVITE  sip"),
    "a space in the request URI": INVITE.replace(b";brand", b"; brand"),
    "angle brackets round the request URI": INVITE.replace(b"sip:10086@127.0.0.1:5086;brand=mzone", b"<sip:a@b>"),
    "another scheme": INVITE.replace(b"INVITE sip:", b"INVITE http:"),
    "no scheme": INVITE.replace(b"INVITE sip:", b"INVITE "),
    "a port beyond the last": INVITE.replace(b":5086", b":65536"),
    "a negative port": INVITE.replace(b":5086", b":-1"),
    "digits of another script": INVITE.replace(b":5086", ":５０８６".encode()),
    "no Via": INVITE.replace(b"Via:", b"X-Via:"),
    "no From": INVITE.replace(b"From:", b"X-From:"),
    "no To": INVITE.replace(b"To:", b"X-To:"),
    "no Call-ID": INVITE.replace(b"Call-ID:", b"X-Call-ID:"),
    "an empty Call-ID": INVITE.replace(b"call-1@127.0.0.1", b""),
    "no CSeq": INVITE.replace(b"CSeq:", b"X-CSeq:"),
    "two Call-IDs": INVITE.replace(b"CSeq:", b"i: other\r\nCSeq:"),
    "two Tos": INVITE.replace(b"CSeq:", b"t: <sip:other@h>\r\nCSeq:"),
    "two From tags": INVITE.replace(b";tag=caller", b";tag=caller;tag=other"),
    "a CSeq of another method": INVITE.replace(b"1 INVITE", b"1 BYE"),
    "a CSeq number beyond the last": INVITE.replace(b"1 INVITE", b"2147483648 INVITE"),
    "a CSeq of words": INVITE.replace(b"1 INVITE", b"one INVITE"),
    "a Via of another protocol": INVITE.replace(b"SIP/2.0/UDP", b"HTTP/1.1/TCP"),
    "a Via without host": INVITE.replace(b"UDP 127.0.0.1:5061", b"UDP "),
    "a body shorter than Content-Length": INVITE.replace(b"Content-Length: 0", b"Content-Length: 9"),
    "a negative Content-Length": INVITE.replace(b"Content-Length: 0", b"Content-Length: -9"),
    "a huge Content-Length": INVITE.replace(b"Content-Length: 0", b"Content-Length: " + b"9" * 5000),
    "a quote that is not closed": INVITE.replace(b"From: ", b'From: "'),
    "an angle bracket that is not closed": INVITE.replace(b">;tag=caller", b";tag=caller"),
    "a name that should be quoted": INVITE.replace(b"From: ", b"From: Bell, Alexander "),
    "a header's name alone": INVITE.replace(b"CSeq:", b"s\r\nCSeq:"),
    "a host that begins with an underscore": INVITE.replace(b"10086@127", b"10086@_27"),
    "a line that is no header": INVITE.replace(b"CSeq:", b"this is no header\r\nCSeq:"),
    "a fold before the first header": INVITE.replace(b"SIP/2.0\r\nVia", b"SIP/2.0\r\n \r\nVia"),
    "a space in a header's name": INVITE.replace(b"Max-Forwards", b"Max Forwards"),
    "Max-Forwards beyond 255": INVITE.replace(b"Max-Forwards: 70", b"Max-Forwards: 256"),
    "too many headers": INVITE.replace(b"CSeq:", b"X: y\r\n" * 200 + b"CSeq:"),
    "a header too long": INVITE.replace(b"CSeq:", b"X: " + b"y" * 20_000 + b"\r\nCSeq:"),
    "more bytes than a datagram has": INVITE + b"x" * MOST_BYTES,
    "a status of four digits": answered(invite(), 200).replace(b" 200 ", b" 2000 "),
    "a status of words": answered(invite(), 200).replace(b" 200 ", b" two "),
    "a status of 700": answered(invite(), 200).replace(b" 200 ", b" 700 "),
    "HTTP": b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n",
}


@pytest.mark.parametrize("what", REFUSED)
def test_what_is_no_sip_is_refused_by_both_readers(what: str) -> None:
    assert INVITE != REFUSED[what]
    with pytest.raises(Garbled):
        read(REFUSED[what])
    assert plain(REFUSED[what]) is None


def test_an_oddly_written_request_is_read_as_the_rfc_has_it() -> None:
    request = read(ODD)
    assert isinstance(request, Request)
    assert ("li-1", 'Li \\"Wei"') == (request.sender.tag, request.sender.name)
    assert ("desk-7", (9, "INFO")) == (request.receiver.tag, request.cseq)
    hops = [read_via(hop) for hop in request.headers.all("Via")]
    assert [("192.0.2.2", "first"), ("proxy.example.net", "z9hG4bKsecond"), ("192.0.2.111", "z9hG4bKthird")] == [
        (hop.host, hop.branch) for hop in hops
    ]
    assert "a value that goes on" == request.headers.first("NewHeader")
    assert b"v=0\r" == request.body
    assert plain(ODD) is None
    assert b"li%40home" in pieces_of(request).uri


@given(st.binary(max_size=400))
def test_noise_is_refused_and_nothing_else(noise: bytes) -> None:
    for datagram in (noise, INVITE[:60] + noise, INVITE + noise):
        plain(datagram)
        with suppress(Garbled):
            read(datagram)
        looked = status_of(datagram), method_of(datagram), header_of(datagram, b"call-id"), body_of(datagram)
        assert looked
        assert tag_of(noise) + branch_of(noise) is not None


SHARDS = st.binary(max_size=3) | st.sampled_from(
    [
        *(b"\r\n", b"\r\n ", b"\r\nto: <sip:b@c>\r\n", b"\r\nv\r\n", b"\r\nVIA: x\r\n", b"\r\nl: 3\r\n", b"\r\n\r\n"),
        *(b": ", b",", b"<", b">", b'"', b"tel:", b"%41", b"_", b";lr;lr", b"?a=b", b"[::1]", "é".encode()),
        *(b";tag=y", b";rport=5", b":065"),
    ]
)
CUTS = st.lists(st.tuples(st.integers(0, 500), st.integers(0, 5), SHARDS), min_size=1, max_size=3)


@settings(max_examples=400)
@given(st.sampled_from([INVITE, ROUTED, write(bye())]), CUTS)
def test_what_the_quick_reader_takes_the_strict_one_reads_in_the_same_way(
    datagram: bytes, cuts: list[tuple[int, int, bytes]]
) -> None:
    for place, length, shard in cuts:
        datagram = datagram[:place] + shard + datagram[place + length :]
    quick = plain(datagram)
    if quick is not None:
        strict = read(datagram)
        assert isinstance(strict, Request)
        expected = pieces_of(strict)
        for name in set(Pieces.__slots__) - {"found", "via"}:
            assert (name, getattr(expected, name)) == (name, getattr(quick, name))


@given(requests())
def test_pieces_of_a_read_request_are_its_fields(request: Request) -> None:
    pieces = pieces_of(request)
    assert (request.method.encode(), request.cseq[0], request.body) == (pieces.method, pieces.cseq, pieces.body)
    assert (request.via.branch.encode(), request.call_id.encode()) == (pieces.branch, pieces.call_id)


@pytest.mark.parametrize(
    "datagram",
    [
        INVITE,
        write(bye()),
        INVITE.replace(b"Contact: <%s>" % CALLER.encode(), b"Contact: " + CALLER.encode()),
        INVITE.replace(b"Content-Length: 0", b"Content-Length:     0"),
        INVITE.replace(b"From: ", b"From: sipp "),
        INVITE.replace(b"sip:+8613800000001@127.0.0.1:5061>;", b"tel:+8613800000001>;"),
        INVITE.replace(b"CSeq", b"X-Brand: mzone\r\nCSeq"),
        INVITE.replace(b"z9hG4bKone", b"z9hG4bKone;rport"),
    ],
)
def test_what_callers_usually_write_is_read_quickly(datagram: bytes) -> None:
    quick = plain(datagram)
    assert quick is not None
    assert b"+8613800000001" == quick.user


def test_a_contact_is_found_in_either_writing() -> None:
    quick, odd = plain(INVITE), read(INVITE.replace(b"Contact: <", b'Contact: "a, b" <'))
    assert quick is not None
    assert isinstance(odd, Request)
    caller = b"sip:+8613800000001@127.0.0.1:5061"
    assert [caller, caller, b""] == [contact_of(quick), contact_of(pieces_of(odd)), contact_of(pieces_of(bye()))]


def test_a_glance_finds_what_stands_there() -> None:
    response = answered(invite(), 182, ("Record-Route", "<sip:p1;lr>"), ("Record-Route", "<sip:p2;lr>"))
    assert (182, 0, b"", b"INVITE") == (status_of(response), status_of(INVITE), method_of(response), method_of(INVITE))
    assert b"hotline" == tag_of(header_of(response, b"to"))
    assert b"z9hG4bKone" == branch_of(header_of(INVITE, b"VIA"))
    assert [b"<sip:p1;lr>", b"<sip:p2;lr>"] == headers_of(response, b"record-route")
    assert b"" == header_of(INVITE, b"authorization")
    assert b"x" == tag_of(b'"a;tag=b" <sip:c@d;tag=e>; Tag = x')
    assert b"" == header_of(b"INFO sip:a SIP/2.0\r\nA: b\r\n\r\n\r\nTo: body\r\n", b"to")


@pytest.mark.parametrize("line", [("X", "a\r\nTo: <sip:b>"), ("X\r\nY", "a"), ("X", "a\0")])
def test_nobody_smuggles_a_header_into_what_we_write(line: tuple[str, str]) -> None:
    with pytest.raises((ValueError, Garbled)):
        write(Request("BYE", "sip:a@b", Headers((line,))))
    with pytest.raises(ValueError, match="control"):
        write(Response(200, "OK\r\nX: y", Headers()))
