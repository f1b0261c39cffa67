"""Customer satisfaction and secret service checks 服务暗查 (D10), as people write them into service_checks.csv."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Literal

from dialtest.catalogue.columns import Headers
from dialtest.catalogue.day import read_day
from dialtest.catalogue.row_reader import RowReader, read_rows
from dialtest.folder.text import table_text
from dialtest.language import _
from dialtest.problem import Problems

FILE_NAME = "service_checks.csv"
CHECK_HEADERS: Headers = {
    "date": ("日期", "检查日期", "date"),
    "kind": ("类别", "kind"),
    "place": ("营业厅/渠道", "营业厅", "渠道", "hall/channel", "hall", "channel"),
    "checker": ("检查人", "checker"),
    "what": ("内容", "检查内容", "what"),
    "score": ("得分", "评分", "score"),
}

CheckKind = Literal["service_check", "satisfaction"]
CHECK_KINDS: tuple[CheckKind, ...] = ("service_check", "satisfaction")
KIND_WORDS: dict[str, CheckKind] = {
    "": "service_check", "暗查": "service_check", "服务暗查": "service_check", "service check": "service_check",
    "满意度": "satisfaction", "客户满意度": "satisfaction", "satisfaction": "satisfaction",
}  # fmt: skip

_SCORE = re.compile(r"\d{1,3}(?:\.\d)?")


@dataclass(frozen=True, slots=True)
class ServiceCheck:
    """One visit or survey: `score` is in tenths of a point, 0…1000, for 100 points at most."""

    on: date
    kind: CheckKind
    place: str
    checker: str
    what: str
    score_tenths: int


def load_service_checks(path: Path) -> tuple[tuple[ServiceCheck, ...], Problems]:
    """The checks by day, and everything wrong with the file; a missing file has none. Never raises."""
    problems = Problems()
    checks: list[ServiceCheck] = []
    if not path.exists():
        return (), problems
    for row in read_rows(path, CHECK_HEADERS, ("date", "place", "score"), problems):
        on, kind = read_day(row, "date"), row.word("kind", KIND_WORDS, "service_check")
        place, checker = row.shown("place", 60), row.shown("checker", 60, needed=False)
        what, score_tenths = row.shown("what", 300, needed=False), _score(row)
        if on is not None and not row.bad:
            checks.append(ServiceCheck(on, kind, place, checker, what, score_tenths))
    return tuple(sorted(checks, key=lambda check: (check.on, check.kind, check.place))), problems


def checks_text(checks: Iterable[ServiceCheck], language: str) -> str:
    """service_checks.csv with these checks."""
    chinese = language == "zh"
    words = {kind: word for word, kind in KIND_WORDS.items() if word and word.isascii() != chinese}
    rows = [
        {
            "date": str(check.on),
            "kind": words[check.kind],
            "place": check.place,
            "checker": check.checker,
            "what": check.what,
            "score": f"{check.score_tenths / 10:g}",
        }
        for check in checks
    ]
    return table_text(CHECK_HEADERS, tuple(CHECK_HEADERS), rows, chinese)


def _score(row: RowReader) -> int:
    text = row.text("score")
    tenths = round(float(text) * 10) if _SCORE.fullmatch(text) else -1
    if not 0 <= tenths <= 1_000:
        row.wrong("score", "impossible score", text, _("0 to 100 points"), _("Write a number such as 92 or 87.5."))
    return tenths
