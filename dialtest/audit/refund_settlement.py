"""Audits refund detail files (R5): totals reconcile at every hop, and no provider's file has another's row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from dialtest.catalogue.columns import Headers
from dialtest.catalogue.row_reader import RowReader, read_rows
from dialtest.language import _
from dialtest.problem import Problem, Problems, raise_if_any

Hop = Literal["province", "first_level", "provider"]
BreachName = Literal["lost", "added", "altered", "stranger", "misrouted"]

HOPS: tuple[Hop, ...] = ("province", "first_level", "provider")
BREACHES: tuple[BreachName, ...] = ("lost", "added", "altered", "stranger", "misrouted")
"""Rows that did not arrive, that came from nowhere or twice, that say another amount; rows in another provider's file;
rows sent to a province where the provider does not connect."""

HEADERS: Headers = {
    "hop": ("环节", "hop"),
    "owner": ("文件归属", "owner"),
    "file_province": ("文件所在省", "file province"),
    "province": ("退费省", "省", "province"),
    "access_province": ("接入省", "SP接入省", "access province"),
    "provider_code": ("企业代码", "SP代码", "provider code"),
    "service_code": ("业务代码", "service code"),
    "service_type": ("业务类型", "service type"),
    "msisdn": ("手机号码", "号码", "msisdn"),
    "reference": ("投诉编号", "reference"),
    "kind": ("退费类型", "kind"),
    "amount_fen": ("金额(分)", "退费金额(分)", "amount (fen)"),
    "refunded_at": ("退费时间", "refunded at"),
}
NEEDED = ("hop", "owner", "file_province", "province", "access_province", "provider_code", "service_code", "msisdn",
          "reference", "kind", "amount_fen")  # fmt: skip
LONGEST = 100
LARGEST_FEN = 10**12
SHOWN = 100


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a file: what names it (reference, number, service, kind), its amount, where it stands."""

    hop: Hop
    owner: str
    file_province: str
    access_province: str
    provider_code: str
    name: tuple[str, ...]
    amount_fen: int
    file: str
    number: int


@dataclass(frozen=True, slots=True)
class SettlementBreach:
    """One row that is not as it should be: which breach, between which hops, and what it says."""

    breach: BreachName
    hop: Hop
    provider_code: str
    name: tuple[str, ...]
    amount_fen: int
    expected_fen: int
    where: str


@dataclass(frozen=True, slots=True)
class SettlementAudit:
    """What the audit of a settlement found. `totals_fen` and `rows` are by hop; `by_breach` counts all breaches,
    `breaches` are the first hundred.
    """

    files: int
    rows: Mapping[Hop, int]
    totals_fen: Mapping[Hop, int]
    by_breach: Mapping[BreachName, int]
    breaches: tuple[SettlementBreach, ...]

    @property
    def reconciles(self) -> bool:
        """Whether all hops are there, their totals agree, and no row is wrong."""
        return len({*self.totals_fen.values()}) <= 1 and not any(self.by_breach.values())


def audit_refunds(paths: Sequence[Path]) -> SettlementAudit:
    """Audit the files of one settlement, in whatever order they are named; none is changed.

    Raises BadInput for files that cannot be read, rows that make no sense, a hop without a file, or one file twice.
    """
    problems = Problems()
    by_file = [list(_rows(path, problems)) for path in paths]
    rows = [row for file in by_file for row in file]
    _check_whole(paths, {row.hop for row in rows}, all(by_file), problems)
    raise_if_any(problems)
    by_hop: dict[Hop, list[Row]] = {hop: [row for row in rows if row.hop == hop] for hop in HOPS}
    found = [
        *_between(by_hop["province"], by_hop["first_level"]),
        *_between(by_hop["first_level"], _own(by_hop["provider"])),
        *_misplaced(by_hop["first_level"], by_hop["provider"]),
    ]
    counts = Counter(one.breach for one in found)
    return SettlementAudit(
        len(paths),
        {hop: len(by_hop[hop]) for hop in HOPS},
        {hop: sum(row.amount_fen for row in by_hop[hop]) for hop in HOPS},
        {breach: counts[breach] for breach in BREACHES},
        tuple(found[:SHOWN]),
    )


def _rows(path: Path, problems: Problems) -> Iterator[Row]:
    hops: Mapping[str, Hop] = {hop: hop for hop in HOPS}
    for row in read_rows(path, HEADERS, NEEDED, problems):
        hop = row.word("hop", hops, "province")
        amount_fen = _amount(row)
        name = tuple(
            row.shown(field, LONGEST) for field in ("reference", "msisdn", "provider_code", "service_code", "kind")
        )
        read = Row(
            hop,
            row.shown("owner", LONGEST, needed=hop == "provider"),
            row.shown("file_province", LONGEST, needed=False),
            row.shown("access_province", LONGEST),
            name[2],
            name,
            amount_fen,
            "/".join(path.parts[-2:]),
            row.number,
        )
        if not row.bad:
            yield read


def _amount(row: RowReader) -> int:
    text = row.text("amount_fen")
    if text.isdecimal() and text.isascii() and 0 < int(text[:20]) <= LARGEST_FEN:
        return int(text)
    row.wrong("amount_fen", "impossible amount", text, _("a whole number of fen above 0"), _("Correct the amount."))
    return 0


def _check_whole(paths: Sequence[Path], hops: set[Hop], all_told: bool, problems: Problems) -> None:
    """Note files named twice, and hops nobody gave a file of unless one of the files has no rows to tell by."""
    for path, times in Counter(path.resolve() for path in paths).items():
        if times > 1:
            what = _("the file is named {times} times.").format(times=times)
            problems.add(Problem(path.name, "same file twice", _("Name it once."), what=what))
    for hop in HOPS if all_told and not problems else ():
        if hop not in hops:
            what = _("no file has a row of the hop {hop}.").format(hop=hop)
            remedy = _("Give the files of all hops: province, first_level, provider.")
            problems.add(Problem(", ".join(path.name for path in paths)[:LONGEST], "missing hop", remedy, what=what))


def _between(before: Sequence[Row], after: Sequence[Row]) -> Iterator[SettlementBreach]:
    """What was lost, added or altered from one hop to the next; a row is known by its name, not by its place."""
    sent, came = _by_name(before), _by_name(after)
    for name in sorted(sent.keys() | came.keys()):
        there, here = sent.get(name, []), came.get(name, [])
        for row, expected in zip(here, there, strict=False):
            if row.amount_fen != expected.amount_fen:
                yield _breach("altered", row, expected.amount_fen)
        for row in there[len(here) :]:
            yield _breach("lost", row, row.amount_fen)
        for row in here[len(there) :]:
            yield _breach("added", row, 0)


def _own(rows: Iterable[Row]) -> list[Row]:
    """The rows that stand in their own provider's file; the others are strangers there."""
    return [row for row in rows if row.owner == row.provider_code]


def _misplaced(first_level: Sequence[Row], delivered: Sequence[Row]) -> Iterator[SettlementBreach]:
    """Rows in another provider's file, and rows delivered to another province than the first-level file says."""
    access = {row.name: row.access_province for row in first_level}
    for row in delivered:
        if row.owner != row.provider_code:
            yield _breach("stranger", row, 0)
        elif row.file_province != access.get(row.name, row.access_province):
            yield _breach("misrouted", row, row.amount_fen)


def _by_name(rows: Iterable[Row]) -> dict[tuple[str, ...], list[Row]]:
    named: dict[tuple[str, ...], list[Row]] = defaultdict(list)
    for row in rows:
        named[row.name].append(row)
    return named


def _breach(breach: BreachName, row: Row, expected_fen: int) -> SettlementBreach:
    where = f"{row.file}:{row.number}"
    return SettlementBreach(breach, row.hop, row.provider_code, row.name, row.amount_fen, expected_fen, where)
