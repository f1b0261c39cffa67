"""What every verb of the review needs: the campaign, its journal, the matters' files as they stand, and the time."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from dialtest.clock import wall_now
from dialtest.evidence.journal import Journal
from dialtest.evidence.seal import seal
from dialtest.evidence.store import hold, open_journal
from dialtest.evidence.told import decided_why
from dialtest.evidence.turn import turn
from dialtest.evidence.unfinished import last_time
from dialtest.folder.campaign import Campaign, open_campaign
from dialtest.review.matter_file import MatterFile, matter_files
from dialtest.review.outcome import follow_evidence

BETWEEN_RUNS = timedelta(days=31)


@dataclass
class Room:
    """`now` is the market's time: in the embedded carrier as far as it was run, else the clock's. A decision is dated
    `latest` at the latest: now, but on the embedded carrier the meeting is held between two runs.
    """

    campaign: Campaign
    journal: Journal
    files: tuple[MatterFile, ...]
    now: datetime
    latest: datetime


@contextmanager
def reviewing(folder: Path) -> Iterator[Room]:
    """Open a campaign for the review. What retests and later dials decided is recorded first; new records are sealed.

    A live campaign may be under way meanwhile; one on the embedded carrier is held. Who reviews it at the same time
    waits, because a decision rests on what was read before.
    """
    campaign = open_campaign(folder)
    embedded = campaign.settings.network == "sandbox"
    with hold(campaign.folder) if embedded else nullcontext():
        journal = open_journal(campaign.journal_url, create=False)
        try:
            with turn(journal.engine):
                known = matter_files(journal)
                before = _decisions(known)
                files = follow_evidence(journal, known, campaign.policy)
                room = Room(campaign, journal, files, *_times(campaign, journal, files, embedded))
                yield room
                if _decisions(room.files) != before:
                    seal(journal, room.now)
        finally:
            journal.close()


def _decisions(files: tuple[MatterFile, ...]) -> int:
    return sum(len(file.entries) for file in files)


def _times(
    campaign: Campaign, journal: Journal, files: tuple[MatterFile, ...], embedded: bool
) -> tuple[datetime, datetime]:
    if not embedded:
        now = wall_now(campaign.policy.zone)
        return now, now
    run_until = last_time(journal) or campaign.begins
    decided = [file.entries[-1].decided.at for file in files if file.entries]
    return max([run_until, *decided]), run_until + BETWEEN_RUNS


def as_json_of(file: MatterFile, campaign: Campaign) -> dict[str, object]:
    """A matter as JSON values, with its whole history."""
    key = file.key
    service = campaign.services.get(f"{key.provider_code}/{key.service_code}")
    return {
        "id": key.id,
        "provider_code": key.provider_code,
        "provider_name": service.provider_name if service else "",
        "service_code": key.service_code,
        "service_name": service.name if service else "",
        "rule": key.rule,
        "severity": file.severity,
        "breach": file.breach,
        "state": file.state,
        "cases": [finding.case for finding in file.findings],
        "refund_due_fen": file.refund_due_fen,
        "history": [
            {
                "seq": entry.decided.seq,
                "at": entry.decided.at.isoformat(),
                "move": entry.decided.move,
                "state": entry.decided.state,
                "by": entry.decided.by,
                "why": decided_why(entry.decided),
                "hash": entry.hash,
                "deadline": entry.decided.deadline.isoformat() if entry.decided.deadline else None,
                "cases": [cited.case for cited in entry.decided.findings],
                "documents": [{"name": one.name, "sha256": one.sha256} for one in entry.decided.documents],
                "retests": list(entry.decided.retests),
            }
            for entry in file.entries
        ],
    }
