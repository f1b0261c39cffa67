"""Quick looks at a datagram's bytes, for callers and hotlines that handle thousands a second; no full parse.

A look tells what stands there, not whether the rest is sound: `Glance` takes plainly written messages only, and
everything else goes through `read`. `status_of` and `header_of` are for answers to what one has sent oneself.
"""

from __future__ import annotations

import re
from functools import cache

from dialtest.wire.sip.names import COMPACT

_STATUS = re.compile(rb"SIP/2\.0 ([1-6][0-9][0-9])[ \r]")
_TAG = re.compile(rb";[ \t]*tag[ \t]*=[ \t]*([^\s;,<>\"]+)", re.IGNORECASE)
_BRANCH = re.compile(rb";[ \t]*branch[ \t]*=[ \t]*([^\s;,]+)", re.IGNORECASE)


def status_of(datagram: bytes) -> int:
    """The status of a response; 0 for what is none."""
    found = _STATUS.match(datagram)
    return int(found[1]) if found else 0


def method_of(datagram: bytes) -> bytes:
    """The method of a request; empty for a response and for what is neither."""
    method, _, _ = datagram[:32].partition(b" ")
    return method if method.isalpha() else b""


def header_of(datagram: bytes, name: bytes) -> bytes:
    """The value of the first header of that name, compact form and case included; empty where there is none.

    >>> header_of(b"SIP/2.0 200 OK\\r\\ni: a@b\\r\\n\\r\\n", b"call-id")
    b'a@b'
    """
    found = _pattern(name.lower()).search(datagram, 0, _end(datagram))
    return found[1].strip(b" \t") if found else b""


def headers_of(datagram: bytes, name: bytes) -> list[bytes]:
    """The values of all headers of that name, in their order, as they stand."""
    return [found[1].strip(b" \t") for found in _pattern(name.lower()).finditer(datagram, 0, _end(datagram))]


def tag_of(value: bytes) -> bytes:
    """The tag of a To or From value; empty where there is none."""
    found = _TAG.search(value, value.rfind(b">") + 1)
    return found[1] if found else b""


def branch_of(value: bytes) -> bytes:
    """The branch of a Via value; empty where there is none."""
    found = _BRANCH.search(value)
    return found[1] if found else b""


def body_of(datagram: bytes) -> bytes:
    """What stands behind the headers."""
    return datagram.partition(b"\r\n\r\n")[2]


def _end(datagram: bytes) -> int:
    """Where the headers end, the line break of the last one included."""
    end = datagram.find(b"\r\n\r\n")
    return len(datagram) if end < 0 else end + 2


@cache
def _pattern(name: bytes) -> re.Pattern[bytes]:
    short = next((key.encode() for key, long in COMPACT.items() if long.lower().encode() == name), b"")
    names = re.escape(name) + (b"|" + short if short else b"")
    return re.compile(rb"\r\n(?:" + names + rb")[ \t]*:([^\r\n]*)(?=\r\n)", re.IGNORECASE)
