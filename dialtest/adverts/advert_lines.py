"""Splits a file of adverts into texts with ids: JSON lines with `text`, or plain lines, each in its own encoding."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from dialtest.errors import DialtestError
from dialtest.language import _

LARGEST_FILE = 64 * 1024 * 1024
"""Bytes of a file of adverts."""

WIDE_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
HAN = re.compile("[\u4e00-\u9fff\u3000-\u303f\uff00-\uffef]")
NEITHER = re.compile("[^\x00-\x7f\u4e00-\u9fff\u3000-\u303f\uff00-\uffef\u2010-\u2030¥￥]")


@dataclass(frozen=True, slots=True)
class AdvertLine:
    """One text of the file. id: the input's own, any JSON value, or the line number."""

    id: object
    text: str


def advert_lines(content: bytes, name: str) -> list[AdvertLine]:
    """Every text in the file, empty lines left out; raises DialtestError that names file, line and what to do."""
    if len(content) > LARGEST_FILE:
        raise DialtestError(
            _("{name} is larger than {size} MiB.").format(name=name, size=LARGEST_FILE // 1024**2),
            _("Split it into smaller files."),
        )
    lines = [(number, line) for number, line in enumerate(_lines(content, name), 1) if line.strip()]
    if not lines:
        raise DialtestError(
            _("{name} holds no text.").format(name=name), _("Write one advert a line, or JSON lines with “text”.")
        )
    if _is_json(lines[0][1]):
        return [_from_json(line, number, name) for number, line in lines]
    return [AdvertLine(number, line.strip()) for number, line in lines]


def _lines(content: bytes, name: str) -> Iterator[str]:
    for mark, encoding in WIDE_MARKS:
        if content.startswith(mark):
            yield from content.decode(encoding, "replace").split("\n")
            return
    if b"\x00" in content:
        raise DialtestError(
            _("{name} is not a text file: it holds zero bytes.").format(name=name),
            _("Give a file of plain lines or JSON lines; save a spreadsheet as text first."),
        )
    for line in content.removeprefix(codecs.BOM_UTF8).split(b"\n"):
        yield line_text(line)


def line_text(line: bytes) -> str:
    """A line in UTF-8, GB18030 or, failing both, Windows-1252: files put together by hand mix them."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        pass
    try:
        chinese = line.decode("gb18030")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")
    # A pound sign or an accent in Windows-1252 can pass for half a Chinese character, but makes rare ones.
    likely = len(HAN.findall(chinese)) > len(NEITHER.findall(chinese)) and _is_common(chinese)
    return chinese if likely else line.decode("cp1252", "replace")


def _is_common(chinese: str) -> bool:
    characters = HAN.findall(chinese)
    common = sum(_in_gb2312(character) for character in characters)
    return common * 10 >= len(characters) * 9


def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _is_json(line: str) -> bool:
    try:
        return isinstance(msgspec.json.decode(line), dict)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError):
        return re.match(r'\s*\{\s*"\w+"\s*:', line) is not None


def _from_json(line: str, number: int, name: str) -> AdvertLine:
    try:
        record = msgspec.json.decode(line)
    except (msgspec.DecodeError, UnicodeEncodeError, RecursionError) as error:
        raise DialtestError(
            _("{name}, line {number}: not JSON ({error}).").format(name=name, number=number, error=error),
            _("The first line is JSON, so every line must be an object with “text”."),
        ) from None
    text = record.get("text") if isinstance(record, dict) else None
    if not isinstance(text, str):
        raise DialtestError(
            _("{name}, line {number}: no “text”.").format(name=name, number=number),
            _("Give every object a “text” that is a string; “id” may be anything."),
        )
    return AdvertLine(record.get("id", number), text)
