"""A subscription that ended though nobody asked for it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from dialtest.model.act import AnyAct, Send
from dialtest.model.observation import SubscriptionRow
from dialtest.model.service import Service
from dialtest.rules.case_evidence import CLOCK_SLACK, CaseEvidence
from dialtest.rules.example import subscribed, withdrawn
from dialtest.rules.noted import Noted
from dialtest.rules.rule import Breach, Rule, Untested


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """The first screen that shows the subscription ended before any wish to end it, refused ones included (Q7)."""
    if not evidence.own_rows:
        yield Untested("no screen showed the subscription")
    for noted in evidence.own_rows:
        ended_at = _ended(noted) if noted.value.status == "withdrawn" else None
        if ended_at is not None and not _asked(evidence, ended_at):
            facts = {"ordered": evidence.clock(noted.value.ordered_at), "ended": evidence.clock(ended_at)}
            yield Breach(noted.at, (noted.seq,), facts)
            return


def _ended(noted: Noted[SubscriptionRow]) -> datetime:
    """When the row's history says that it ended; else when it was shown ended."""
    row = noted.value
    changes = (change.at for change in row.history if change.what == "withdrawn" and change.at >= row.ordered_at)
    return next(changes, noted.at)


def _asked(evidence: CaseEvidence, ended_at: datetime) -> bool:
    """Whether the customer may have asked for it before: withdrew, wrote so to the service's port, complained."""
    wishes = [wish.at for wish in evidence.withdrawals]
    wishes += [outcome.at for outcome in evidence.done if _wrote(outcome.act, evidence.service)]
    wishes += [complaint.at for complaint in evidence.complaints]
    return any(at <= ended_at + CLOCK_SLACK for at in wishes)


def _wrote(act: AnyAct, service: Service) -> bool:
    return type(act) is Send and act.purpose == "withdraw" and act.to == service.access_number


ENDED_UNASKED = Rule(
    name="ended-unasked",
    version=1,
    title={"zh": "未申请而被退订", "en": "Ended unasked"},
    explains={
        "zh": "退订一项业务,其他业务须继续有效;未经用户申请,不得终止定购关系。",
        "en": "Who withdraws from one service keeps the others: no subscription ends unless the customer asks for it.",
    },
    message={
        "zh": "{ordered}定购的业务,用户没有申请退订,{ended}却已被退订。",
        "en": "Ordered at {ordered}; ended at {ended} though the customer never asked for that.",
    },
    breach="carrier_duty",
    severity="major",
    clauses=("Q7",),
    needs=("dialled", "subscription", "answer"),
    hindered_by=("held_before",),
    check=check,
    clean=lambda: (lambda told: told.later(days=2).queried(told.row("withdrawn")))(withdrawn()).evidence(),
    broken=lambda: (lambda told: told.later(days=2).queried(told.row("withdrawn")))(subscribed()).evidence(),
)
