"""Brings a text to one plain spelling: full width, invisible characters, damaged signs, traditional characters.

It alone knows how adverts arrive garbled; the readers of claims see half-width digits, `£`, `¥` and simplified
characters only.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import cache

from opencc import OpenCC

LONGEST_TEXT = 65_536
"""Characters read of one text; no advert is longer, and a hostile one ends here."""

UNSEEN = re.compile(
    "[\u00ad\u034f\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]+"
)

# Unicode's own folding would glue a list number to the price after it, and a full-width comma to a number.
KEPT_APART = {0x2460 + n: f" {n + 1}) " for n in range(20)} | {0x2474 + n: f" {n + 1}) " for n in range(20)}
KEPT_APART |= {ord("，"): ", ", ord("、"): "、", ord("İ"): "I"}

# The pound sign read in a wrong code page: UTF-8 as Latin-1, Latin-1 as CP850 or Mac Roman, or lost altogether.
DAMAGED_POUND = re.compile(r"(?:Â|å|Ã‚|ï¿½)£|(?<![^\W\d_])ú(?=\d)|\ufffd(?=\d{1,4}(?:\.\d\d)?\b)")

# A telephone number and what follows it, the space forgotten: 0871234567850p.
RUN_TOGETHER = re.compile(r"(0(?<!\d0)[1-9]\d{9})(?=\d{1,4}(?:\.\d\d)?[A-Za-z£(+])")

TRADITIONAL = re.compile(
    "[費訂購發編輯條週鐘資訊簡則號碼術錢塊萬億兩贈獎撥電話務業開啟關閉數據體驗試還優惠餘額領獲點錄線聯繫遊戲鈴聲確認覆國際"
    "應減滿贏員單價買賣實現當從個後對輸複閱終無須條註銷換話僅價]"
)


# Most runs of a page's text: words of plain characters with single spaces between them.
PLAIN_ALREADY = re.compile("[!-%'-~£¥\u4e00-\u9fff]+(?: [!-%'-~£¥\u4e00-\u9fff]+)*")


def plain(text: str) -> str:
    """The text in one spelling on one line; at most LONGEST_TEXT characters of it are read."""
    text = text[:LONGEST_TEXT]
    if not PLAIN_ALREADY.fullmatch(text) or TRADITIONAL.search(text):
        text = respelled(text)
    if "0" in text:
        text = RUN_TOGETHER.sub(r"\1 | ", text)
    return text[:LONGEST_TEXT]


def respelled(text: str) -> str:
    """The text in one spelling, its white space as single spaces."""
    text = UNSEEN.sub("", text)
    if "&" in text and ";" in text:
        text = html.unescape(text)
    if not text.isascii():
        text = DAMAGED_POUND.sub("£", text).translate(KEPT_APART)
        text = unicodedata.normalize("NFKC", text)
        if TRADITIONAL.search(text):
            text = _simplified().convert(text)
    return " ".join(text.split())


@cache
def _simplified() -> OpenCC:
    return OpenCC("t2s")
