"""A wish that a busy hall wrote down, and nothing more was heard of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from dialtest.rules.active_use import Withdrawal
from dialtest.rules.case_evidence import DELIVERED_WITHIN, CaseEvidence
from dialtest.rules.example import subscribed
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.subscriptions import Subscription, shown
from dialtest.rules.withdrawing import confirmations, left, written_down


def applies(evidence: CaseEvidence) -> bool:
    """The first wish after an order was written down at a hall."""
    return any(written_down(evidence, wish) for _, wish in left(evidence))


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """No word that the wish was done, sent within the hours that halls have and the minutes of a confirmation (Q8)."""
    for subscription, wish in left(evidence):
        if written_down(evidence, wish):
            yield from _announced(evidence, subscription, wish)


def _announced(evidence: CaseEvidence, subscription: Subscription, wish: Withdrawal) -> Iterator[Breach | Untested]:
    deadline = _due(evidence, wish)
    sent = confirmations(evidence, wish)
    if sent and sent[0].value.sent_at <= deadline:
        return
    facts = {"asked": evidence.clock(wish.at), "due": evidence.clock(deadline)}
    if not shown(evidence, subscription.order):
        yield Untested("nothing shows that there was a subscription to withdraw from")
    elif sent:
        told = evidence.clock(sent[0].value.sent_at)
        yield Breach(sent[0].at, (wish.seq, sent[0].seq), facts | {"sent": told})
    elif evidence.ended_at < deadline + DELIVERED_WITHIN:
        yield Untested("the case ended before a late message could have arrived")
    else:
        seq, at = evidence.since(deadline + DELIVERED_WITHIN)
        yield Breach(at, (wish.seq, seq), facts | {"sent": "—"})


def _due(evidence: CaseEvidence, wish: Withdrawal) -> datetime:
    terms = evidence.terms(wish.at)
    hours = terms.hall.notes_done_within_h if terms.hall else 0
    return wish.at + timedelta(hours=hours, seconds=terms.withdrawal.confirmation.within_s)


HALL_NOTE_FORGOTTEN = Rule(
    name="hall-note-forgotten",
    version=2,
    title={"zh": "营业厅登记的退订未办理或未通知", "en": "A hall’s note was forgotten"},
    explains={
        "zh": "营业厅忙时登记的退订要求,须在12小时内办理并以短信通知用户。",
        "en": "A wish that a busy hall wrote down is done within twelve hours, and the customer is told by SMS.",
    },
    message={
        "zh": "{asked}营业厅登记退订要求;应在{due}前办理并通知,通知发出时间:{sent}。",
        "en": "A hall wrote the wish down at {asked}; word that it is done was due by {due} and sent at: {sent}.",
    },
    breach="carrier_duty",
    severity="major",
    clauses=("Q8",),
    needs=("dialled", "subscription", "wish"),
    applies=applies,
    check=check,
    clean=lambda: subscribed(25).noted_at_hall().confirmed_withdrawal(4 * 3600).listened(days=3).evidence(),
    broken=lambda: subscribed(25).noted_at_hall().listened(days=3).evidence(),
)
