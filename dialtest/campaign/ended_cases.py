"""When the cases of a run are judged: all that have ended, together, just before their last records become durable.

One after the other they take less time than in between a run's other work, since what rules need stays at hand.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from dialtest.campaign.judging import CaseJudge, together
from dialtest.evidence.journal import Journal
from dialtest.evidence.record import AnyRecord


class EndedCases:
    """Cases that have ended and wait for the journal's next commit; it makes their verdicts durable with them."""

    def __init__(self, journal: Journal, judge: CaseJudge) -> None:
        self._journal = journal
        self._judge = judge
        self._waiting: deque[Sequence[AnyRecord]] = deque()
        journal.before_commit(self._judge_all)

    def add(self, records: Sequence[AnyRecord]) -> None:
        """A case has just ended, with these records."""
        self._waiting.append(records)

    def _judge_all(self) -> None:
        waiting = self._waiting
        for portion in together(tuple(waiting)):
            for judgement, findings in self._judge.rows(portion):
                waiting.popleft()  # only now: a run that is interrupted in a verdict comes back to it
                self._journal.keep_judgement(judgement, findings)
