"""Builds tables of filings, right and wrong, as a carrier would send them."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

HEADER = (
    "企业代码", "SP名称", "服务代码", "业务代码", "业务名称", "业务类型", "计费类型", "资费", "订购指令", "退订指令",
    "客服电话", "全网/本地", "页面地址",
)  # fmt: skip
ENGLISH = (
    "Provider Code", "provider name", "access_number", "service code", "Service Name", "service type", "Billing Type",
    "tariff", "order command", "withdraw command", "hotline", "scope", "Page URL",
)  # fmt: skip
NEWS = (
    "901508",
    "新浪",
    "10668888",
    "XW",
    "头条新闻",
    "短信",
    "包月",
    "30元/月",
    "DZXW",
    "TDXW",
    "9510567",
    "全网",
    "",
)
TONES = (
    "901515", "腾讯公司", "10669999", "TL", "精品图铃", "WAP", "点播", "2元/次", "DZTL", "TDTL", "075588880000", "本地",
    "http://sp.example/TL",
)  # fmt: skip


def but(row: Sequence[str], **changes: str) -> list[str]:
    """`row` with some cells changed, named by their headers."""
    return [changes.get(header, cell) for header, cell in zip(HEADER, row, strict=True)]


def table(*rows: Sequence[str], delimiter: str = ",", header: Sequence[str] = HEADER) -> str:
    """The table as text."""
    return "".join(f"{delimiter.join(row)}\n" for row in (header, *rows))


def filed(folder: Path, *rows: Sequence[str], encoding: str = "utf-8") -> Path:
    """The table as a CSV file."""
    return written(folder, table(*rows), encoding)


def written(folder: Path, text: str, encoding: str = "utf-8", name: str = "catalogue.csv") -> Path:
    """`text` as a file."""
    path = folder / name
    path.write_bytes(text.encode(encoding))
    return path


def wide(text: str) -> str:
    """`text` with its ASCII letters, digits and signs in full width, as Chinese keyboards write them."""
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)
