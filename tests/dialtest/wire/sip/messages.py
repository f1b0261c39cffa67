"""Builders of SIP messages as a caller and a hotline would write them."""

from __future__ import annotations

from dialtest.wire.sip.message import Headers, Request, answer, write

CALLER = "sip:+8613800000001@127.0.0.1:5061"


def invite(branch: str = "z9hG4bKone", *extra: tuple[str, str], to: str = "<sip:10086@127.0.0.1>") -> Request:
    headers = Headers.of(
        ("Via", f"SIP/2.0/UDP 127.0.0.1:5061;branch={branch}"),
        *extra,
        ("Max-Forwards", "70"),
        ("From", f"<{CALLER}>;tag=caller"),
        ("To", to),
        ("Call-ID", "call-1@127.0.0.1"),
        ("CSeq", "1 INVITE"),
        ("Contact", f"<{CALLER}>"),
    )
    return Request("INVITE", "sip:10086@127.0.0.1:5086;brand=mzone", headers)


def bye(branch: str = "z9hG4bKtwo") -> Request:
    headers = Headers.of(
        ("Via", f"SIP/2.0/UDP 127.0.0.1:5061;branch={branch}"),
        ("From", f"<{CALLER}>;tag=caller"),
        ("To", "<sip:10086@127.0.0.1>;tag=hotline"),
        ("Call-ID", "call-1@127.0.0.1"),
        ("CSeq", "2 BYE"),
    )
    return Request("BYE", "sip:10086@127.0.0.1:5086", headers)


def answered(request: Request, status: int, *extra: tuple[str, str]) -> bytes:
    return write(answer(request, status, tag="hotline", headers=extra))
