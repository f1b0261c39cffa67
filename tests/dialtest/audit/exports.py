"""Builds small exports, and types the audits as a user does."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from click.testing import CliRunner

from dialtest.commands import cli
from dialtest.errors import DialtestError
from dialtest.language import speaking

CATALOGUE = (
    "企业代码,SP名称,服务代码,业务代码,业务名称,业务类型,计费类型,资费,订购指令,退订指令,客服电话\n"
    "900001,新浪,106600001,XW,头条新闻,短信,包月,30元/月,DZXW,TDXW,9510567\n"
    "900001,新浪,106600001,DB,点播新闻,短信,点播,2元/次,DBXW,TDXW,9510567\n"
)
CDR_COLUMNS = ("cdr_id", "msisdn", "provider_code", "service_code", "charged_at", "fee_fen", "kind", "proof_id")
SUBSCRIPTION_COLUMNS = (
    "msisdn", "provider_code", "service_code", "status", "ordered_at", "withdrawn_at", "channel", "updated_at",
)  # fmt: skip
ANNA, BELA = "13900000001", "13900000002"

Row = Mapping[str, object]


def cdr(cdr_id: object, charged_at: str = "2006-09-01 00:00:00", **changes: object) -> Row:
    """A monthly charge of 30 yuan of Anna's."""
    return {
        "cdr_id": cdr_id, "msisdn": ANNA, "provider_code": "900001", "service_code": "XW", "charged_at": charged_at,
        "fee_fen": 3000, "kind": "monthly", "proof_id": "",
    } | changes  # fmt: skip


def use(cdr_id: object, charged_at: str = "2006-09-01 10:00:00", **changes: object) -> Row:
    """A charge per use of 2 yuan of Anna's, with the message behind it."""
    return cdr(
        cdr_id, charged_at, **{"service_code": "DB", "fee_fen": 200, "kind": "per_use", "proof_id": "M1"} | changes
    )


def held(ordered_at: str = "2006-07-10 12:00:00", withdrawn_at: str = "", **changes: object) -> Row:
    """Anna's subscription."""
    status = "withdrawn" if withdrawn_at else "active"
    return {
        "msisdn": ANNA, "provider_code": "900001", "service_code": "XW", "status": status, "ordered_at": ordered_at,
        "withdrawn_at": withdrawn_at, "channel": "sms", "updated_at": withdrawn_at or ordered_at,
    } | changes  # fmt: skip


def write(path: Path, columns: Sequence[str], rows: Iterable[Row], headers: Sequence[str] = ()) -> Path:
    """A CSV in UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened, lineterminator="\n")
        writer.writerow(headers or columns)
        writer.writerows([row[column] for column in columns] for row in rows)
    return path


def write_cdrs(folder: Path, *rows: Row, name: str = "cdr.csv") -> Path:
    """An export of charges."""
    return write(folder / name, CDR_COLUMNS, rows)


def write_subscriptions(folder: Path, *rows: Row, name: str = "subscriptions.csv") -> Path:
    """An export of subscriptions."""
    return write(folder / name, SUBSCRIPTION_COLUMNS, rows)


@dataclass(frozen=True, slots=True)
class Typed:
    """What a command printed, what it said of a problem included, and its exit code."""

    exit_code: int
    output: str
    stdout: str


def typed(*words: object, language: str = "en") -> Typed:
    """A command as a user types it."""
    with speaking(language):
        result = CliRunner().invoke(cli, [str(word) for word in words])
    if isinstance(result.exception, DialtestError):
        return Typed(result.exception.exit_code, f"{result.output}{result.exception}", result.stdout)
    if result.exception is not None and not isinstance(result.exception, SystemExit):
        raise result.exception
    return Typed(result.exit_code, result.output, result.stdout)


def audit_cdr(folder: Path, cdrs: Path | Sequence[Path], subscriptions: Path, *more: object) -> Typed:
    """`dialtest audit cdr` with the catalogue of these tests."""
    catalogue = folder / "catalogue.csv"
    catalogue.write_text(CATALOGUE, encoding="utf-8")
    files = [cdrs] if isinstance(cdrs, Path) else cdrs
    options = ("--catalogue", catalogue, "--subscriptions", subscriptions, "--out", folder / "out")
    return typed("audit", "cdr", *files, *options, *more)


def figures(result: Typed) -> dict[str, Any]:
    """What `--json` printed."""
    found: dict[str, Any] = json.loads(result.stdout.splitlines()[-1])
    return found


def findings(folder: Path) -> list[dict[str, str]]:
    """The rows of findings.csv."""
    with (folder / "out" / "findings.csv").open(encoding="utf-8") as opened:
        return list(csv.DictReader(opened))


def breaches(folder: Path, cdrs: Sequence[Row], subscriptions: Sequence[Row], *more: object) -> dict[str, str]:
    """Record → breach, as the audit finds them."""
    exports = write_cdrs(folder, *cdrs), write_subscriptions(folder, *subscriptions)
    result = audit_cdr(folder, *exports, *more)
    assert result.exit_code == 0, result.output
    return {row["cdr_id"]: row["breach"] for row in findings(folder)}
