"""Refunds of a campaign as settlement files: read off the bills in the journal, written hop by hop as CSV (R5)."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from io import StringIO
from pathlib import Path

from dialtest.errors import DialtestError
from dialtest.evidence.journal import Journal
from dialtest.evidence.record import Opened, Outcome
from dialtest.evidence.store import open_journal
from dialtest.folder.campaign import Campaign, open_campaign
from dialtest.language import _
from dialtest.model.observation import Bill, Refund
from dialtest.model.refund_detail import RefundDetail
from dialtest.sandbox.settlement import Settlement, access_province

COLUMNS = ("hop", "owner", "file_province", *RefundDetail.__struct_fields__)
MARK = "\ufeff"


@dataclass(frozen=True, slots=True)
class Written:
    """One file written: its path, rows and total in fen."""

    path: Path
    rows: int
    total_fen: int


def details_in(folder: Path) -> list[RefundDetail]:
    """The refund details of the campaign in a folder; raises DialtestError where there is none, or no journal."""
    campaign = open_campaign(folder)
    journal = open_journal(campaign.journal_url, create=False, read_only=True)
    try:
        return refund_details(campaign, journal)
    finally:
        journal.close()


def row_of(row: RefundDetail) -> dict[str, object]:
    """A row as it is written: column → value."""
    values = {name: getattr(row, name) for name in RefundDetail.__struct_fields__}
    return {**values, "refunded_at": row.refunded_at.isoformat()}


def refund_details(campaign: Campaign, journal: Journal) -> list[RefundDetail]:
    """Every refund of a settled service type that a bill of the journal shows, each once; goodwill is the branch's own.

    Empty where the policy settles nothing between provinces.
    """
    found: dict[tuple[str, str, str, str, str], RefundDetail] = {}
    for msisdn, refund in _refunds(journal):
        detail = _detail(campaign, msisdn, refund)
        if detail is not None:
            key = (detail.reference, msisdn, detail.provider_code, detail.service_code, detail.kind)
            found[key] = detail
    return list(found.values())


def _refunds(journal: Journal) -> Iterator[tuple[str, Refund]]:
    for records in journal.every_case():
        opened = records[0]
        for record in records if isinstance(opened, Opened) else ():
            if isinstance(opened, Opened) and isinstance(record, Outcome) and isinstance(record.result, Bill):
                for refund in record.result.refunds:
                    yield opened.number.msisdn, refund


def _detail(campaign: Campaign, msisdn: str, refund: Refund) -> RefundDetail | None:
    service = campaign.services.get(f"{refund.provider_code}/{refund.service_code}")
    terms = campaign.policy.terms(refund.at).refund.settlement
    settled = terms is not None and service is not None and service.service_type in terms.service_types
    if not settled or refund.kind == "goodwill" or terms is None or service is None:
        return None
    return RefundDetail(
        terms.home_province,
        access_province(terms, service),
        refund.provider_code,
        refund.service_code,
        service.service_type,
        msisdn,
        refund.reference,
        refund.kind,
        refund.amount_fen,
        campaign.policy.local(refund.at),
    )


def write_files(settlement: Settlement, folder: Path) -> list[Written]:
    """Write province files, the first-level file and provider files below `folder`; raises DialtestError."""
    files = [
        *((f"province/{_plain(name)}.csv", "province", "", name, rows) for name, rows in settlement.provinces.items()),
        ("first-level.csv", "first_level", "", "", settlement.first_level),
        *(
            (f"provider/{_plain(province)}/{_plain(owner)}.csv", "provider", owner, province, rows)
            for (province, owner), rows in settlement.providers.items()
        ),
    ]
    _refuse_leftovers(folder, {folder / name for name, *_rest in files})
    try:
        return [_write(folder / name, hop, owner, province, rows) for name, hop, owner, province, rows in files]
    except OSError as error:
        problem = _("{path} cannot be written: {reason}.").format(path=folder, reason=error.strerror)
        raise DialtestError(problem, _("Name another folder with --out.")) from None


def _refuse_leftovers(folder: Path, ours: set[Path]) -> None:
    """Files of another settlement beside these would be audited with them, and found to have come from nowhere."""
    left = sorted(set(folder.rglob("*.csv")) - ours)
    if left:
        problem = _("{folder} has files of another settlement: {file}.").format(folder=folder, file=left[0])
        raise DialtestError(problem, _("Remove them, or name another folder with --out."))


def _write(path: Path, hop: str, owner: str, province: str, rows: Iterable[RefundDetail]) -> Written:
    text, count, total_fen = StringIO(), 0, 0
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(COLUMNS)
    for row in rows:
        writer.writerow([hop, owner, province, *row_of(row).values()])
        count, total_fen = count + 1, total_fen + row.amount_fen
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(MARK + text.getvalue(), encoding="utf-8")
    return Written(path, count, total_fen)


def _plain(name: str) -> str:
    """A code or a province as a file's name, whatever it is made of."""
    kept = "".join(letter if letter.isalnum() or letter in "-_" else "_" for letter in name)[:80]
    return kept or "_"
