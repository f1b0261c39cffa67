"""Which answers were given at the same moment over different channels (Q7), and what each shows of the service."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.model.observation import Answer, SubscriptionRow
from dialtest.rules.case_evidence import CLOCK_SLACK, CaseEvidence
from dialtest.rules.noted import Noted
from dialtest.rules.shared import shared

Moment = tuple[Noted[Answer], ...]


@shared
def moments(evidence: CaseEvidence) -> tuple[Moment, ...]:
    """Answers over at least two channels, all given within five minutes and with no order or wish in between."""
    if len(evidence.answers) < 2:
        return ()
    return tuple(moment for moment in _groups(evidence) if len({noted.value.channel for noted in moment}) > 1)


def own(evidence: CaseEvidence, noted: Noted[Answer]) -> list[SubscriptionRow]:
    """The rows of the service dialled, oldest first."""
    rows = [row for row in noted.value.subscriptions if row.is_of(evidence.service)]
    return sorted(rows, key=lambda row: row.ordered_at)


def _groups(evidence: CaseEvidence) -> Iterator[Moment]:
    group: list[Noted[Answer]] = []
    acts = [*(order.seq for order in evidence.orders), *(wish.seq for wish in evidence.withdrawals)]
    for noted in evidence.answers:
        if group and (noted.at - group[0].at > CLOCK_SLACK or any(group[0].seq < seq < noted.seq for seq in acts)):
            yield tuple(group)
            group = []
        group.append(noted)
    if group:
        yield tuple(group)
