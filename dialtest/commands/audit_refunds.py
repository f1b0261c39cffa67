"""`dialtest audit refunds`: whether a settlement's totals reconcile at every hop."""

from __future__ import annotations

import json
from pathlib import Path

import click
import msgspec
from rich.table import Table

from dialtest.audit.refund_settlement import HOPS, SettlementAudit, audit_refunds
from dialtest.commands.screen import clean, json_option, say, tell
from dialtest.errors import DialtestError
from dialtest.language import _

TABLES = (".csv", ".xlsx")


@click.command("refunds")
@click.argument("files", metavar="FILES…", nargs=-1, required=True, type=click.Path(path_type=Path))
@json_option
def refunds(files: tuple[Path, ...], as_json: bool) -> None:
    """Refund detail files of one settlement (R5): province, first-level BOSS, providers; in any order.

    A folder stands for every CSV and XLSX file in it. Every row must arrive, once, with its amount; no provider's file
    may have another's row. Exit code 1 when something is wrong.

    \b
    Example:  dialtest audit refunds my-campaign/refunds
    """
    found = audit_refunds([file for named in files for file in _files(named)])
    if as_json:
        shown = {**msgspec.to_builtins(found), "reconciles": found.reconciles}
        click.echo(json.dumps(shown, ensure_ascii=False, indent=1))
    else:
        _print(found)
    raise SystemExit(0 if found.reconciles else 1)


def _files(named: Path) -> list[Path]:
    """A file, or the tables in a folder; raises DialtestError for a folder without any."""
    if not named.is_dir():
        return [named]
    found = sorted(path for path in named.rglob("*") if path.suffix.lower() in TABLES and path.is_file())
    if not found:
        raise DialtestError(_("{folder} has no CSV or XLSX file.").format(folder=named), _("Name the files."))
    return found


def _print(found: SettlementAudit) -> None:
    hops = Table(_("hop"), _("rows"), _("total (fen)"))
    names = {"province": _("province"), "first_level": _("first-level BOSS"), "provider": _("providers")}
    for hop in HOPS:
        hops.add_row(names[hop], str(found.rows[hop]), str(found.totals_fen[hop]))
    say(hops)
    words = {
        "lost": _("did not arrive"),
        "added": _("came from nowhere, or twice"),
        "altered": _("another amount"),
        "stranger": _("in another provider's file"),
        "misrouted": _("sent to the wrong province"),
    }
    if found.breaches:
        table = Table(_("where"), _("what"), _("row"), _("amount (fen)"), _("expected (fen)"))
        for one in found.breaches:
            cells = (one.where, words[one.breach], " ".join(one.name), str(one.amount_fen), str(one.expected_fen))
            table.add_row(*map(clean, cells))
        say(table)
    if found.reconciles:
        tell(_("The totals reconcile at every hop; every row is where it belongs."))
    else:
        tell(_("{count} rows are wrong.").format(count=sum(found.by_breach.values())))
