"""What the review meetings made of the findings (D2, D3): matters new, confirmed, dismissed, notified, rectified …"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from dialtest.model.matter import MatterState, Move
from dialtest.review.matter_file import MatterFile
from dialtest.rules import wrong_charge


@dataclass(frozen=True, slots=True)
class ReviewCounts:
    """Matters (one rule, one service) of a period: `new` first found in it; each move counts the matters it was made
    on; `standing` counts all matters known at its end by their state then.
    """

    new: int
    confirmed: int
    dismissed: int
    notified: int
    rectified: int
    closed: int
    recurred: int
    standing: tuple[tuple[MatterState, int], ...]

    @property
    def decided(self) -> bool:
        """Whether any meeting decided anything yet: before that the findings are judged, not confirmed."""
        return any(state != "new" for state, _ in self.standing)


def review_counts(files: Iterable[MatterFile], starts: datetime | None, ends: datetime) -> ReviewCounts:
    """The counts from `starts` (None: from the beginning) until `ends`, as things stood then."""
    new, moves, standing = 0, Counter[Move](), Counter[MatterState]()
    for file in files:
        decisions = [entry.decided for entry in file.entries if entry.decided.at < ends]
        first = min((finding.due_at for finding in file.findings), default=None)
        if not decisions and (first is None or first >= ends):
            continue
        standing[decisions[-1].state if decisions else "new"] += 1
        new += first is not None and first < ends and (starts is None or first >= starts)
        moves.update({decided.move for decided in decisions if starts is None or decided.at >= starts})
    return ReviewCounts(
        new=new,
        confirmed=moves["confirm"],
        dismissed=moves["dismiss"],
        notified=moves["notify"],
        rectified=moves["rectify"],
        closed=moves["close"],
        recurred=moves["recur"],
        standing=tuple(sorted(standing.items())),
    )


def refund_due_fen(files: Sequence[MatterFile], ends: datetime) -> int:
    """What the findings due by `ends` say customers are owed, those of dismissed matters left out (R2)."""
    kept = [finding for file in files if file.state != "dismissed" for finding in file.findings]
    return sum(wrong_charge.refund_due_fen(finding) for finding in kept if finding.due_at < ends)
