"""What retests showed, and the changes of state that follow from evidence alone: retested, recurred, opened again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import select

from dialtest.campaign.judging import verdicts_in
from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.evidence.record import Decided
from dialtest.policy.policy import Policy
from dialtest.review.decision import Ruling, decide
from dialtest.review.likely_share import likely_share
from dialtest.review.matter_file import MatterFile
from dialtest.standing.power import detection_power

BY_EVIDENCE = "dialtest"


@dataclass(frozen=True, slots=True)
class Outcome:
    """How the retests of a rectified matter stand. `power` is the chance that the clean ones would have met the fault.

    `found` are cases that met it again; `ended_at` is when the last of those that ended did. `to_come` are the cases
    planned last that have not ended; earlier ones that never could be dialled they stand in for.
    """

    to_come: tuple[str, ...]
    clean: int
    found: int
    inconclusive: int
    power: float
    ended_at: datetime | None

    @property
    def waiting(self) -> int:
        """How many have not ended yet."""
        return len(self.to_come)

    @property
    def planned(self) -> int:
        """How many ended or are to come."""
        return self.waiting + self.clean + self.found + self.inconclusive


def retest_outcome(journal: Journal, file: MatterFile) -> Outcome | None:
    """How the retests planned so far stand; None where there are none."""
    planned = [decided.retests for decided in _since_confirmed(file) if decided.retests]
    if not planned:
        return None
    names = [name for retests in planned for name in retests]
    cases, judged = schema.cases.c, schema.judgements.c
    query = select(cases.case, cases.closed_at, judged.verdicts).join(schema.judgements, judged.case == cases.case)
    with journal.reading() as connection:
        rows = connection.execute(query.where(cases.case.in_(names) & (cases.state != "open"))).all()
    found_in = {finding.case for finding in file.findings}
    found = sum(row.case in found_in for row in rows)
    verdicts = [verdicts_in(row.verdicts, row.case).get(file.key.rule) for row in rows if row.case not in found_in]
    clean = verdicts.count("clean")
    ended = [datetime.fromisoformat(row.closed_at) for row in rows if row.closed_at]
    power = detection_power(likely_share(journal, file), clean)
    over = {row.case for row in rows}
    to_come = tuple(name for name in planned[-1] if name not in over)
    return Outcome(to_come, clean, found, len(verdicts) - clean, power, max(ended, default=None))


def follow_evidence(journal: Journal, files: Iterable[MatterFile], policy: Policy) -> tuple[MatterFile, ...]:
    """Record the changes that follow from what was dialled since, and give the files as they are then."""
    return tuple(_followed(journal, file, policy) for file in files)


def _followed(journal: Journal, file: MatterFile, policy: Policy) -> MatterFile:
    ruling = _recurrence(journal, file) or _reopening(file) or _passed(journal, file, policy)
    return decide(journal, file, ruling, policy) if ruling else file


def _recurrence(journal: Journal, file: MatterFile) -> Ruling | None:
    """Met again in a dial begun after the provider first said it was rectified."""
    said_at = [decided.at for decided in _since_confirmed(file) if decided.move == "rectify"]
    if file.state not in ("rectified", "retested", "closed") or not said_at:
        return None
    begun = _begun(journal, [finding.case for finding in file.findings if finding.due_at > said_at[0]])
    again = [finding for finding in file.findings if (at := begun.get(finding.case)) and at > said_at[0]]
    if not again:
        return None
    return _ruling(file, "recur", {"count": len(again), "case": again[0].case}, again[0].due_at)


def _reopening(file: MatterFile) -> Ruling | None:
    """Findings the meeting had not seen when it dismissed the matter."""
    dismissed = file.last("dismiss")
    if file.state != "dismissed" or dismissed is None:
        return None
    seen = {cited.case for cited in dismissed.findings}
    since = [finding for finding in file.findings if finding.case not in seen]
    if not since:
        return None
    return _ruling(file, "reopen", {"count": len(since), "case": since[0].case}, since[0].due_at)


def _passed(journal: Journal, file: MatterFile, policy: Policy) -> Ruling | None:
    """Every retest ended, enough of them clean."""
    outcome = retest_outcome(journal, file) if file.state == "rectified" else None
    if outcome is None or outcome.waiting or outcome.found or outcome.ended_at is None:
        return None
    review = policy.terms(outcome.ended_at).review
    if outcome.clean < (review.retests_least if review else 1):
        return None
    why: dict[str, int | str] = {"clean": outcome.clean, "planned": outcome.planned, "power": f"{outcome.power:.0%}"}
    return _ruling(file, "retest", why, outcome.ended_at)


def _ruling(file: MatterFile, move: str, why: Mapping[str, int | str], at: datetime) -> Ruling:
    """What is kept are figures; who reads them has them in words of the own language (see dialtest.evidence.told)."""
    last = file.last()
    return Ruling(move, BY_EVIDENCE, msgspec.json.encode(why).decode(), max(at, last.at) if last else at)  # type: ignore[arg-type]


def _since_confirmed(file: MatterFile) -> list[Decided]:
    """What was decided since the matter was last confirmed: one span, for retests as for what met the fault again."""
    since: list[Decided] = []
    for entry in file.entries:
        since = [] if entry.decided.move == "confirm" else [*since, entry.decided]
    return since


def _begun(journal: Journal, cases: Iterable[str]) -> dict[str, datetime]:
    table = schema.cases.c
    query = select(table.case, table.opened_at).where(table.case.in_(sorted(set(cases))))
    with journal.reading() as connection:
        return {case: datetime.fromisoformat(at) for case, at in connection.execute(query)}
