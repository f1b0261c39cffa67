"""Keys a caller presses, as INFO carries them (application/dtmf-relay and application/dtmf; RFC 6086 names the use)."""

from __future__ import annotations

import re

DTMF_RELAY = "application/dtmf-relay"
DTMF = "application/dtmf"
LONGEST_MS = 60_000
LARGEST_BODY = 256
_SIGNAL = re.compile(rb"[ \t]*signal[ \t]*=[ \t]*([0-9A-D*#])[ \t]*", re.IGNORECASE)


def write_key(key: str, lasts_ms: int = 160) -> bytes:
    """The body of an INFO of type `DTMF_RELAY`. Raises ValueError for what is no key: 0–9, A–D, * and #.

    >>> write_key("2")
    b'Signal=2\\r\\nDuration=160\\r\\n'
    """
    if not re.fullmatch(r"[0-9A-D*#]", key) or not 0 < lasts_ms <= LONGEST_MS:
        raise ValueError(f"{key!r} for {lasts_ms} ms is no key")
    return f"Signal={key}\r\nDuration={lasts_ms}\r\n".encode()


def read_key(content_type: str, body: bytes) -> str:
    """The key in an INFO's body; empty where none is pressed in it, or its type is another."""
    kind = content_type.partition(";")[0].strip().lower()
    if len(body) > LARGEST_BODY:
        return ""
    if kind == DTMF:
        found = re.fullmatch(rb"[ \t]*([0-9A-D*#])[ \t]*(?:\r?\n)?", body, re.IGNORECASE)
    elif kind == DTMF_RELAY:
        found = next(filter(None, map(_SIGNAL.fullmatch, body.splitlines())), None)
    else:
        found = None
    return found[1].decode().upper() if found else ""
