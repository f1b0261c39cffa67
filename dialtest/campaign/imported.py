"""Turns dial results that teams kept in spreadsheets into evidence of its own kind, all of a file or nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from itertools import count
from pathlib import Path
from typing import Any

import msgspec
from sqlalchemy import insert, select

from dialtest.campaign.result_acts import acts_of
from dialtest.campaign.result_rows import IMPORTED, ResultRow, read_results
from dialtest.evidence import schema
from dialtest.evidence.case_row import closed_row, opened_row
from dialtest.evidence.chain import GENESIS, link
from dialtest.evidence.journal import Journal
from dialtest.evidence.record import Closed, Opened, Outcome, Record, Seen, encode
from dialtest.folder.campaign import Campaign
from dialtest.language import _
from dialtest.model.observation import Message
from dialtest.policy.policy import Policy
from dialtest.problem import Problem, Problems, raise_if_any

_PLAIN_LABEL = re.compile(r"[A-Za-z0-9_-]{1,40}")


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import added: cases and their records; `known` cases were there already."""

    cases: int
    records: int
    known: int


def import_results(campaign: Campaign, journal: Journal, path: Path) -> Imported:
    """Add the results in a CSV or XLSX file to the journal; importing it again adds nothing.

    Rows of one case are those with the same 拨测编号 and team; without one, those of the same team, number, service
    and scenario. Raises DialtestError with every bad row, and for a case imported before with other rows: evidence is
    never changed. In both cases nothing is added.
    """
    problems = Problems()
    rows = read_results(path, campaign, problems)
    raise_if_any(problems)
    known = _known(journal)
    cases = {f"{stem}.{_digest(own)}": own for stem, own in _by_case(rows).items()}
    for name in cases:
        stem = name.rpartition(".")[0]
        if known.get(stem, name) != name:
            problems.add(_changed(path, stem))
    raise_if_any(problems)
    new = {name: own for name, own in cases.items() if name not in known.values()}
    journal.keep_document("policy", campaign.policy.name, campaign.policy.text)
    chains = [_records(name, own, campaign.policy) for name, own in new.items()]
    _write(journal, chains)
    return Imported(len(new), sum(map(len, chains)), len(cases) - len(new))


def _by_case(rows: Iterable[ResultRow]) -> Mapping[str, list[ResultRow]]:
    """The rows of each case in order of their times, under the first part of the case's name."""
    groups: dict[tuple[str, ...], list[ResultRow]] = {}
    for row in rows:
        unnamed = (row.service.key, row.scenario) if not row.label else ()
        groups.setdefault((row.team, row.number.msisdn, row.label, *unnamed), []).append(row)
    return {_stem(own): sorted(own, key=lambda row: row.at) for own in groups.values()}


def _stem(rows: Sequence[ResultRow]) -> str:
    dialled = _dialled(rows)
    first = min(rows, key=lambda row: row.at)
    label = first.label or f"{first.at:%Y%m%d}-{first.scenario}"
    if not _PLAIN_LABEL.fullmatch(label):
        label = sha256(label.encode()).hexdigest()[:12]
    provider, service = dialled.service.provider_code, dialled.service.service_code
    return f"{IMPORTED}.{provider}.{service}.{first.team}.{first.number.msisdn}.{label}"


def _dialled(rows: Sequence[ResultRow]) -> ResultRow:
    """The row that names the service dialled: the first that is no charge, for charges may be for another."""
    return next((row for row in rows if row.action != "charge"), rows[0])


def _digest(rows: Sequence[ResultRow]) -> str:
    return sha256(msgspec.json.encode([replace(row, service=_bare(row)) for row in rows])).hexdigest()[:12]


def _bare(row: ResultRow) -> Any:
    """Of the service only its key counts: a filing corrected since does not make the results other ones."""
    return row.service.key


def _known(journal: Journal) -> Mapping[str, str]:
    """The imported cases there are, by the first part of their names."""
    with journal.reading() as connection:
        names = connection.execute(select(schema.cases.c.case).where(schema.cases.c.origin == IMPORTED)).scalars()
        return {name.rpartition(".")[0]: name for name in names}


def _changed(path: Path, stem: str) -> Problem:
    expected = _("the rows it was imported with before")
    remedy = _("Evidence is never changed: give the corrected results a 拨测编号 (case) of their own.")
    return Problem(path.name, "changed case", remedy, stem, expected)


def _records(name: str, rows: Sequence[ResultRow], policy: Policy) -> list[Record]:
    dialled, first, last = _dialled(rows), rows[0], rows[-1]
    seq = count(1)
    records: list[Record] = [
        Opened(
            name, 0, 0, first.at, dialled.service, dialled.number, dialled.scenario, 1, "", policy.digest, 0,
            origin="imported",
        )
    ]  # fmt: skip
    step = 0
    for act, seen in acts_of(rows, policy):
        if isinstance(seen, Message):
            records.append(Seen(name, next(seq), step, seen.at, seen, 0))
        elif act is not None:
            step += 1
            records.append(Outcome(name, next(seq), step, seen.at, act, seen))
    records.append(Closed(name, next(seq), step, last.at, "completed"))
    return records


def _write(journal: Journal, chains: Iterable[Sequence[Record]]) -> None:
    """All cases in one transaction: the journal's own groups would let half a file in."""
    cases: list[dict[str, Any]] = []
    records: list[dict[str, Any]] = []
    for chain in chains:
        head = GENESIS
        for record in chain:
            body = encode(record)
            head = link(head, body)
            records.append({"case": record.case, "seq": record.seq, "body": body, "hash": head})
        opened, closed = chain[0], chain[-1]
        if isinstance(opened, Opened) and isinstance(closed, Closed):
            cases.append({**opened_row(opened), **closed_row(closed, len(chain), head)})
    if cases:
        with journal.writing() as connection:
            connection.execute(insert(schema.records), records)
            connection.execute(insert(schema.cases), cases)
