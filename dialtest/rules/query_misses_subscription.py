"""A subscription that customers are reminded of or pay for, and that no channel shows."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from dialtest.model.observation import Answer
from dialtest.rules.case_evidence import CLOCK_SLACK, CaseEvidence
from dialtest.rules.example import Story, subscribed
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.same_moment import Moment, moments, own


def applies(evidence: CaseEvidence) -> bool:
    """Something told of the subscription, and two channels were asked at once, in a market with two ledgers."""
    return evidence.market.synchronisation is not None and bool(moments(evidence)) and _told(evidence) is not None


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """A reminder or a fee tells of the subscription; minutes later two channels or more leave it out (Q2, Q3)."""
    told, terms = _told(evidence), evidence.market.synchronisation
    if told is None or terms is None:
        return
    since, seq = told
    due = since + timedelta(seconds=terms.out_of_step_s) + CLOCK_SLACK
    kept = since + timedelta(days=evidence.market.query.history_days)
    asked = [moment for moment in moments(evidence) if due < moment[0].at < kept]
    for moment in asked:
        if not any(own(evidence, noted) or _something_else(evidence, noted.value) for noted in moment):
            yield Breach(moment[0].at, (seq, *(noted.seq for noted in moment)), _facts(evidence, since, moment))
    if not asked:
        yield Untested("nobody asked two channels at once after the subscription must have been known")


def _told(evidence: CaseEvidence) -> tuple[datetime, int] | None:
    """When something other than a query first told of the subscription, and the record that shows it."""
    reminded = [(noted.value.sent_at, noted.seq) for noted in evidence.first_reminders]
    charged = [(noted.value.charged_at, noted.seq) for noted in evidence.monthly_charges]
    return min((*reminded, *charged), default=None)


def _something_else(evidence: CaseEvidence, answer: Answer) -> bool:
    """Whether the order made something else of this provider: then it is that which the reminder tells of."""
    order, provider = evidence.subscription_order, evidence.service.provider_name
    rows = (row for row in answer.subscriptions if row.provider_name == provider and not evidence.is_of_companion(row))
    return order is not None and any(row.ordered_at >= order.asked_at for row in rows)


def _facts(evidence: CaseEvidence, since: datetime, moment: Moment) -> dict[str, str]:
    channels = ", ".join(sorted({noted.value.channel for noted in moment}))
    return {"known": evidence.clock(since), "asked": evidence.clock(moment[0].at), "channels": channels}


def _asked_twice(told: Story, shown: bool) -> CaseEvidence:
    told.later(minutes=20)
    for channel in ("hotline", "web"):
        told.queried(*([told.row()] if shown else []), channel=channel)
    return told.evidence()


QUERY_MISSES_SUBSCRIPTION = Rule(
    name="query-misses-subscription",
    version=1,
    title={"zh": "各渠道均查不到定购关系", "en": "No channel shows the subscription"},
    explains={
        "zh": "BOSS与梦网平台数据须一致:已提醒或已收费的定购关系,各渠道应能实时查到。",
        "en": "BOSS and MISC are kept in step: what customers are reminded of or charged for, every channel shows.",
    },
    message={
        "zh": "{known}已有定购提醒或收费,{asked}经{channels}查询均无此业务。",
        "en": "A reminder or a fee of {known} tells of the subscription; at {asked} {channels} did not show it.",
    },
    breach="carrier_duty",
    severity="major",
    clauses=("Q2", "Q3"),
    needs=("subscription", "answer"),
    applies=applies,
    check=check,
    clean=lambda: _asked_twice(subscribed(), shown=True),
    broken=lambda: _asked_twice(subscribed(), shown=False),
)
