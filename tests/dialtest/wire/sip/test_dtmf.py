"""Keys in INFO bodies, as we and others write them."""

from __future__ import annotations

import pytest

from dialtest.wire.sip.dtmf import DTMF, DTMF_RELAY, read_key, write_key


@pytest.mark.parametrize("key", "0123456789ABCD*#")
def test_a_key_is_read_as_it_was_written(key: str) -> None:
    assert key == read_key(DTMF_RELAY, write_key(key))


@pytest.mark.parametrize(
    ("content_type", "body", "key"),
    [
        ("Application/DTMF-Relay", b"Signal= 5\nDuration= 250", "5"),
        ("application/dtmf-relay; charset=utf-8", b"Duration=250\r\nsignal = #\r\n", "#"),
        (DTMF, b"2\r\n", "2"),
        (DTMF_RELAY, b"Signal=12\r\n", ""),
        (DTMF_RELAY, b"", ""),
        (DTMF_RELAY, b"Signal=1\r\n" + b" " * 300, ""),
        (DTMF, b"\xff", ""),
        ("text/plain", b"Signal=1\r\n", ""),
    ],
)
def test_what_others_write_is_read_or_is_no_key(content_type: str, body: bytes, key: str) -> None:
    assert key == read_key(content_type, body)


@pytest.mark.parametrize(("key", "lasts_ms"), [("", 160), ("E", 160), ("1\r\n", 160), ("1", 0)])
def test_what_is_no_key_is_not_written(key: str, lasts_ms: int) -> None:
    with pytest.raises(ValueError, match="no key"):
        write_key(key, lasts_ms)
