"""Tells which of the encodings of carriers' files a text has: UTF-8, UTF-16 or GB18030."""

from __future__ import annotations

import codecs

from dialtest.errors import DialtestError
from dialtest.language import _

SAMPLE_BYTES = 65_536


def decoded(content: bytes, name: str) -> str:
    """The text in `content`; raises DialtestError where it is binary or in no encoding known here."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if content.startswith(mark):
            return _strict(content, encoding, name)
    sample = content[:SAMPLE_BYTES]
    if b"\x00" in sample:
        return _strict(content, wide(sample, name), name)
    if sum(byte < 32 and byte not in b"\t\n\r\f\x1a" for byte in sample) > len(sample) // 100:
        raise _binary(name)
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        if _mostly_utf8(sample if error.start < SAMPLE_BYTES else content):
            raise _damaged(name, content, error) from None
    return _strict(content, "gb18030", name)


def wide(sample: bytes, name: str) -> str:
    """UTF-16 without a mark has its zeros in the upper bytes of its ASCII; other things with zeros are no text, and
    raise DialtestError.
    """
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    encoding = "utf-16-le" if odd > even else "utf-16-be"
    text = sample[: len(sample) // 2 * 2].decode(encoding, errors="replace")
    if max(even, odd) < max(len(sample) // 20, 4 * min(even, odd)) or any(_steers(letter) for letter in text):
        raise _binary(name)
    return encoding


def _steers(letter: str) -> bool:
    return letter < " " and letter not in "\t\n\r\f"


def _mostly_utf8(sample: bytes) -> bool:
    text = sample.decode("utf-8", errors="replace")
    wrong = text.count("\ufffd")
    return sum(letter > "\x7f" for letter in text) - wrong > 4 * wrong


def _strict(content: bytes, encoding: str, name: str) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DialtestError(
            _("{name}, line {line}, is neither UTF-8, UTF-16 nor GB18030 text.").format(name=name, line=line),
            _("Save the file again as CSV (UTF-8)."),
        ) from None


def _damaged(name: str, content: bytes, error: UnicodeDecodeError) -> DialtestError:
    line = content.count(b"\n", 0, error.start) + 1
    problem = _("{name}, line {line}: the UTF-8 text is damaged at byte {byte}.")
    return DialtestError(
        problem.format(name=name, line=line, byte=error.start), _("Fetch the file again, or save it again as UTF-8.")
    )


def _binary(name: str) -> DialtestError:
    return DialtestError(_("{name} is not a text file.").format(name=name), _("Give a CSV or XLSX table."))
