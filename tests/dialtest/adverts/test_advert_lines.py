"""Files of adverts: JSON lines, plain lines, the encodings people save them in, and what is no such file."""

from __future__ import annotations

import pytest

from dialtest.adverts.advert_lines import LARGEST_FILE, AdvertLine, advert_lines
from dialtest.errors import DialtestError
from dialtest.language import speaking


def lines(content: bytes) -> list[tuple[object, str]]:
    return [(line.id, line.text) for line in advert_lines(content, "adverts.txt")]


def problem(content: bytes) -> DialtestError:
    with speaking("en"), pytest.raises(DialtestError) as raised:
        advert_lines(content, "adverts.txt")
    return raised.value


def test_plain_lines_are_known_by_their_number_and_empty_ones_left_out() -> None:
    assert [(1, "one"), (3, "two")] == lines(b"one\r\n\r\n two \n")


def test_json_lines_keep_their_id_whatever_it_is() -> None:
    content = b'{"id": "a", "text": "one"}\n\n{"id": [1, null], "text": "two", "x": 1}\n{"text": "three"}\n'
    assert [("a", "one"), ([1, None], "two"), (4, "three")] == lines(content)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030"])
def test_chinese_is_read_in_every_usual_encoding(encoding: str) -> None:
    assert [(1, "信息费3元/月"), (2, "第二条")] == lines("信息费3元/月\n第二条".encode(encoding))


def test_encodings_may_change_from_line_to_line() -> None:
    content = (
        "信息费3元/月\n".encode() + "每月5元\n".encode("gbk") + b"only \xa31.50 per msg\n" + "Café £5".encode("cp1252")
    )
    assert ["信息费3元/月", "每月5元", "only £1.50 per msg", "Café £5"] == [text for _, text in lines(content)]


def test_a_line_that_looks_like_json_halfway_is_plain_text() -> None:
    assert [AdvertLine(1, "{hot} tones, txt NOW")] == advert_lines(b"{hot} tones, txt NOW", "x")


def test_binary_files_are_refused() -> None:
    assert "adverts.txt is not a text file: it holds zero bytes." == problem(b"PK\x03\x04\x00\x00").problem


def test_empty_files_are_refused() -> None:
    assert "adverts.txt holds no text." == problem(b"\n \n").problem


def test_a_broken_json_line_is_named() -> None:
    assert problem(b'{"text": "a"}\n{"text": "b"\n').problem.startswith("adverts.txt, line 2: not JSON (")


@pytest.mark.parametrize("line", [b'{"id": 1}', b'{"text": 5}', b"[1]"])
def test_a_json_line_without_text_is_named(line: bytes) -> None:
    assert "adverts.txt, line 2: no “text”." == problem(b'{"text": "a"}\n' + line).problem


def test_deeply_nested_json_is_refused_not_fatal() -> None:
    assert "line 2: not JSON" in problem(b'{"text": "a"}\n' + b"[" * 100_000).problem


def test_a_file_too_large_is_refused_with_the_limit() -> None:
    assert "adverts.txt is larger than 64 MiB." == problem(b"a" * (LARGEST_FILE + 1)).problem
