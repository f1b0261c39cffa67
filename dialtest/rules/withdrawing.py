"""What became of a wish to withdraw: when it was asked, what still shows the subscription, what showed it ended."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from dialtest.model.observation import Answer, Message, SubscriptionRow
from dialtest.rules.active_use import Withdrawal
from dialtest.rules.case_evidence import CLOCK_SLACK, CaseEvidence
from dialtest.rules.noted import Noted
from dialtest.rules.same_moment import moments, own
from dialtest.rules.shared import shared
from dialtest.rules.subscriptions import Subscription, subscriptions


@shared
def wished(evidence: CaseEvidence) -> tuple[Withdrawal, ...]:
    """The wishes that were not refused to the customer's face, oldest first."""
    return tuple(wish for wish in evidence.withdrawals if wish.accepted is not False)


@shared
def left(evidence: CaseEvidence) -> tuple[tuple[Subscription, Withdrawal], ...]:
    """Every subscription and the first such wish to withdraw from it; one for what is already ended needs no answer."""
    wishes = ((one, next((wish for wish in one.wishes if wish.accepted is not False), None))
              for one in subscriptions(evidence))  # fmt: skip
    return tuple((one, wish) for one, wish in wishes if wish is not None)


def confirmations(evidence: CaseEvidence, wish: Withdrawal) -> list[Noted[Message]]:
    """The confirmations sent since that wish, until the first one to leave a later subscription."""
    since = [one for one in evidence.withdrawal_confirmations if one.value.sent_at >= wish.at]
    later = next((later for _, later in left(evidence) if later.at > wish.at), None)
    return [one for one in since if later is None or one.seq < later.seq]


def effective_by(evidence: CaseEvidence, wish: Withdrawal) -> datetime:
    """When the subscription must have ended (Q5); what a busy hall wrote down (Q8) has the hours of the note too."""
    terms = evidence.terms(wish.at)
    noted_h = terms.hall.notes_done_within_h if terms.hall and written_down(evidence, wish) else 0
    return wish.at + timedelta(hours=noted_h + terms.withdrawal.effective_within_h)


def written_down(evidence: CaseEvidence, wish: Withdrawal) -> bool:
    """Whether the acceptance says that a busy hall wrote the wish down (Q8)."""
    hall = evidence.terms(wish.at).hall if wish.note else None
    return hall is not None and hall.note in wish.note


@shared
def looked_after(evidence: CaseEvidence) -> bool:
    """Whether anybody asked what is subscribed after the first wish must have taken effect."""
    due = effective_by(evidence, wished(evidence)[0])
    return any(answer.at > due for answer in evidence.answers)


def ended_late(evidence: CaseEvidence, wish: Withdrawal) -> tuple[int, datetime, datetime] | None:
    """Where a wish was carried out after it was due: sequence number and time of the record that shows it, and when it
    ended (by the history, else when a query first showed it); None when it ended in time, or is not shown to have.

    A later wish that may have brought the end about makes the earlier one unheeded rather than late.
    """
    due = effective_by(evidence, wish) + CLOCK_SLACK
    active = [noted for noted in evidence.own_rows if noted.value.status == "active" and noted.at > due]
    for noted in evidence.own_rows:
        if noted.value.status != "withdrawn" or noted.at <= due or noted.value.ordered_at > wish.at:
            continue
        changes = (change.at for change in noted.value.history if change.what == "withdrawn" and change.at >= wish.at)
        ended = next(changes, noted.at if active and active[0].at < noted.at else None)
        if ended is None or ended <= due or ordered_again(evidence, wish, ended):
            return None
        if any(wish.at < other.at <= ended for other in wished(evidence)):
            return None
        return noted.seq, noted.at, ended
    return None


def ordered_again(evidence: CaseEvidence, wish: Withdrawal, by: datetime) -> bool:
    """Whether the customer ordered again between the wish and `by`; within a second the journal's order decides."""
    return any((wish.at, wish.seq) < (order.at, order.seq) and order.at <= by for order in evidence.orders)


@shared
def still_active(evidence: CaseEvidence) -> list[tuple[Withdrawal, Noted[SubscriptionRow]]]:
    """Every row that shows the subscription active after it must have ended, with the wish to end it."""
    return list(_still_active(evidence)) if wished(evidence) else []


@shared
def contradicted(evidence: CaseEvidence) -> list[tuple[Withdrawal, Noted[Answer], Noted[Answer]]]:
    """A wish that was due, and two answers of one moment: one that shows the service active, one that it has ended."""
    return list(_contradicted(evidence)) if wished(evidence) else []


def _contradicted(evidence: CaseEvidence) -> Iterator[tuple[Withdrawal, Noted[Answer], Noted[Answer]]]:
    for moment in moments(evidence):
        ended = [noted for noted in moment if _all_ended(evidence, noted)]
        due = [wish for wish in wished(evidence) if effective_by(evidence, wish) < moment[0].at]
        for noted in moment if ended and due else ():
            active = any(row.status == "active" for row in own(evidence, noted))
            if active and not ordered_again(evidence, due[0], noted.at):
                yield due[0], noted, ended[0]


def _all_ended(evidence: CaseEvidence, noted: Noted[Answer]) -> bool:
    rows = own(evidence, noted)
    return bool(rows) and all(row.status == "withdrawn" for row in rows)


def _still_active(evidence: CaseEvidence) -> Iterator[tuple[Withdrawal, Noted[SubscriptionRow]]]:
    elsewhere_ended = {active.seq for _, active, _ in contradicted(evidence)}
    for noted in evidence.own_rows:
        if noted.value.status == "active" and noted.seq not in elsewhere_ended:
            for wish in wished(evidence):
                if effective_by(evidence, wish) < noted.at and not ordered_again(evidence, wish, noted.at):
                    yield wish, noted
                    break


def had_ended(evidence: CaseEvidence, wish: Withdrawal, active: Noted[SubscriptionRow]) -> int | None:
    """The record that shows the subscription had ended before it was active again; None when nothing does."""
    if any(change.what == "withdrawn" and change.at >= wish.at for change in active.value.history):
        return active.seq
    ended = (noted for noted in evidence.own_rows if noted.value.status == "withdrawn")
    return next((noted.seq for noted in ended if wish.at < noted.at <= active.at), None)
