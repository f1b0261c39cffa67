"""`dialtest evidence`: shows, verifies and copies what the journal holds."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from dialtest.commands.screen import folder_argument, json_option
from dialtest.errors import DialtestError
from dialtest.evidence.export import export as copy_evidence
from dialtest.evidence.journal import Journal
from dialtest.evidence.portable_check import verify_copy
from dialtest.evidence.printable import printable
from dialtest.evidence.store import SQLITE_HEADER, file_url, open_journal
from dialtest.evidence.timeline import TimelineLine, timeline
from dialtest.evidence.verify import Verification, described
from dialtest.evidence.verify import verify as verify_journal
from dialtest.folder.campaign import journal_url
from dialtest.language import _
from dialtest.settings import FILE_NAME, load_settings

TAMPERED = 1
SHOWN = 100
SEAL_HEX = re.compile("(?:[0-9a-fA-F]{2}){8,32}")


@click.group()
def evidence() -> None:
    """Show one case's time line, verify the hash chains, make a portable copy.

    \b
    Example:  dialtest evidence verify my-campaign
    """


@evidence.command()
@folder_argument
@click.argument("case")
@json_option
def show(folder: Path, case: str, as_json: bool) -> None:
    """The time line of one CASE: every record with its number, local time, what happened, and its hash.

    \b
    Example:  dialtest evidence show my-campaign CASE
    """
    with _journal(folder) as journal:
        lines = timeline(journal, case)
    if as_json:
        _print_json({"case": case, "records": [_line_values(line) for line in lines]})
        return
    for line in lines:
        at = f"{line.at:%Y-%m-%d %H:%M:%S}" if line.at else "-" * 19
        click.echo(f"{line.seq:>4}  {at}  {line.hash[:12]}  {line.text}")


@evidence.command()
@click.argument("place", metavar="DIR|FILE", type=click.Path(path_type=Path))
@click.option("--seal", "printed", metavar="HEX", help="The seal as a report prints it; its first 16 digits will do.")
@json_option
@click.pass_context
def verify(context: click.Context, place: Path, printed: str | None, as_json: bool) -> None:
    """Find every changed, removed, inserted or reordered record, cut tail and missing case.

    DIR is a campaign, FILE a portable copy or a journal by itself. Ends with 0 when everything holds and with 1 when
    something does not.

    \b
    Example:  dialtest evidence verify my-campaign --seal 4a1f00c2d3e4b596
              dialtest evidence verify copy.zip --seal 4a1f00c2d3e4b596
    """
    root = _root(printed)
    if place.is_file() and not _is_sqlite(place):
        found = verify_copy(place, root)
    else:
        with _journal(place) as journal:
            found = verify_journal(journal, root)
    if as_json:
        _print_json(described(found))
    else:
        _tell(found, root is not None)
    if not found.holds:
        context.exit(TAMPERED)


@evidence.command()
@folder_argument
@click.option("--case", "cases", multiple=True, help="A case to copy, again for more; without it, all.")
@click.option("--out", required=True, type=click.Path(path_type=Path, dir_okay=False), help="The zip file to write.")
@json_option
def export(folder: Path, cases: tuple[str, ...], out: Path, as_json: bool) -> None:
    """A portable copy that proves itself: records byte for byte, hashes, policy, scenarios, seal and proofs.

    \b
    Example:  dialtest evidence export my-campaign --case CASE --out case.zip
    """
    with _journal(folder) as journal:
        copied = copy_evidence(journal, out, cases)
    root = copied.seal.root if copied.seal else None
    if as_json:
        counts = {"cases": copied.cases, "records": copied.records, "documents": copied.documents}
        _print_json({**counts, "seal": root, "file": str(out)})
        return
    counted = _("Copied {cases} cases with {records} records to {file}.")
    click.echo(counted.format(cases=copied.cases, records=copied.records, file=printable(str(out))))
    click.echo(_("Seal: {root}").format(root=root) if root else _("The journal was never sealed."))


@contextmanager
def _journal(place: Path) -> Iterator[Journal]:
    """The journal of a campaign folder, or a journal's file by itself, to read only."""
    journal = open_journal(_url(place), create=False, read_only=True)
    try:
        yield journal
    finally:
        journal.close()


def _url(place: Path) -> str:
    """Only the settings are read: evidence can be looked at where the catalogue or a scenario is broken."""
    if not place.is_dir():
        return file_url(place)
    settings = place / FILE_NAME
    address = load_settings(settings, None, os.environ).journal if settings.exists() else "sqlite:///journal.db"
    return journal_url(address, place)


def _is_sqlite(place: Path) -> bool:
    try:
        with place.open("rb") as file:
            return file.read(len(SQLITE_HEADER)) == SQLITE_HEADER
    except OSError as error:
        raise DialtestError(
            _("{file} cannot be read: {reason}.").format(file=printable(str(place)), reason=error.strerror),
            _("Name a campaign folder or a copy made by `dialtest evidence export`."),
        ) from None


def _root(printed: str | None) -> bytes | None:
    if printed is None:
        return None
    if not SEAL_HEX.fullmatch(printed):
        raise DialtestError(
            _("“{found}” is no seal.").format(found=printable(printed, 80)),
            _("Give 16 to 64 hexadecimal digits, an even number of them, as the report prints them."),
        )
    return bytes.fromhex(printed)


def _tell(found: Verification, asked: bool) -> None:
    for each in found.discrepancies[:SHOWN]:
        click.echo(each.text)
    if not found.holds:
        click.echo(_("{count} things do not hold.").format(count=found.total))
    checked = _("Checked {cases} cases, {records} records, {documents} documents, {seals} seals.")
    counts = {"cases": found.cases, "records": found.records, "documents": found.documents, "seals": found.seals}
    click.echo(checked.format(**counts))
    if found.matters:
        click.echo(_("Checked the decisions on {matters} matters.").format(matters=found.matters))
    if found.holds:
        click.echo(_("Everything is as it was written."))
    if found.unsealed_records:
        counts = {"cases": found.unsealed_cases, "records": found.unsealed_records}
        click.echo(_("Not sealed yet: {records} records, {cases} whole cases.").format(**counts))
    if found.seal:
        click.echo(_("Seal {number}: {root}").format(number=found.seal.number, root=found.seal.root))
        if not asked:
            click.echo(_("Compare it with the one a report prints, or give that with --seal."))


def _line_values(line: TimelineLine) -> dict[str, Any]:
    at = line.at.isoformat() if line.at else None
    return {"seq": line.seq, "at": at, "kind": line.kind, "text": line.text, "hash": line.hash}


def _print_json(value: Any) -> None:
    """JSON whose text cannot steer a terminal either."""
    text = json.dumps(value, ensure_ascii=False, indent=1)
    click.echo("\n".join(re.sub(r"[^\x20-\x7e]", _escaped, line) for line in text.split("\n")))


def _escaped(found: re.Match[str]) -> str:
    letter = found[0]
    return letter if letter.isprintable() else json.dumps(letter)[1:-1]
