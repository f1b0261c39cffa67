"""Turns the words of a notice into one self-contained HTML file, and into a PDF set by typst."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TypedDict

import typst
from markupsafe import Markup

from dialtest.drawing.font import font_path
from reports.document import FONT_PLACE, TEMPLATES, environment
from reports.font import data_uri
from reports.notice_text import NoticeText

SHEET = TEMPLATES / "notice" / "notice.typ"


def notice_html(notice: NoticeText) -> str:
    """The notice as HTML; everything in it is escaped, figures and font are inside."""
    style = "".join((TEMPLATES / name).read_text(encoding="utf-8") for name in ("weekly.css", "notice/notice.css"))
    page = environment().get_template("notice/notice.html.j2")
    text = page.render(notice=notice, style=Markup(style))  # noqa: S704 - our own files
    head, _place, rest = text.partition(f'url("{FONT_PLACE}")')
    return f'{head}url("{data_uri(set(text))}"){rest}'


def notice_pdf(notice: NoticeText) -> bytes:
    """The notice as PDF. Its words reach typst as data, never as markup; the same words give the same bytes."""
    return typst.compile(SHEET, format="pdf", **_inputs(notice))


def notice_pictures(notice: NoticeText, out: Path) -> None:
    """The pages of the PDF as PNG files; `out` has {p} where the page's number goes."""
    typst.compile(SHEET, output=out, format="png", ppi=80, **_inputs(notice))


class _Inputs(TypedDict):
    root: Path
    font_paths: list[Path]
    ignore_system_fonts: bool
    sys_inputs: dict[str, str]


def _inputs(notice: NoticeText) -> _Inputs:
    """Fonts of the machine are not looked at, so that every machine gives the same file."""
    words = json.dumps(notice.as_json(), ensure_ascii=False)
    return _Inputs(
        root=TEMPLATES, font_paths=[font_path().parent], ignore_system_fonts=True, sys_inputs={"notice": words}
    )
