"""Somebody's existing subscription was left out when all were reminded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.existing_example import held, kept, reminded
from dialtest.rules.existing_reminders import (
    certain_from,
    existing_reminders,
    fragments,
    met_its_days,
    windows_due,
)
from dialtest.rules.rule import Breach, Rule, Untested

IN_STEP_WITHIN = timedelta(hours=24)  # (ours) the daily reconciliation has looked at every order by then (Q3)


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """A subscription held through the days of its batch, and no text of T9 that names it (T8)."""
    order, certain = evidence.subscription_order, certain_from(evidence)
    if order is None or certain is None or existing_reminders(evidence):
        return
    reason = _untested(evidence)
    if reason:
        yield Untested(reason)
        return
    opens, closes = windows_due(evidence)[0][0], windows_due(evidence)[-1][1]
    seq, at = evidence.since(certain)
    facts = {"ordered": evidence.clock(order.at), "from": evidence.clock(opens), "until": evidence.clock(closes)}
    yield Breach(at, (order.seq, seq), facts)


def _untested(evidence: CaseEvidence) -> str:
    certain = certain_from(evidence)
    if not evidence.dialled:
        return "imported results do not hold every message"
    if certain is not None and evidence.ended_at < certain:
        return "the case ended before the days of its batch were over"
    if _ordered_late(evidence):
        return "ordered within a day of the batches being made up; BOSS and MISC may not have been in step yet (Q3)"
    if not _still_held(evidence):
        return "nothing shows that the subscription was held when the batches began"
    if fragments(evidence):
        return "a text came without some of its parts; the service may have been named in them"
    return ""


def _ordered_late(evidence: CaseEvidence) -> bool:
    batches, order = evidence.policy.batches, evidence.subscription_order
    return batches is not None and order is not None and order.at > batches.begins - IN_STEP_WITHIN


def _still_held(evidence: CaseEvidence) -> bool:
    """Shown active, or charged, after the days of its batch: so it was held on them."""
    opens = windows_due(evidence)[0][0]
    rows = (noted.at for noted in evidence.own_rows if noted.value.status == "active")
    charges = (noted.value.charged_at for noted in evidence.monthly_charges)
    return any(at >= opens for at in (*rows, *charges))


EXISTING_REMINDER_MISSING = Rule(
    name="existing-reminder-missing",
    version=1,
    title={"zh": "存量定购关系未提醒", "en": "An existing subscription was not reminded of"},
    explains={
        "zh": "2006年8月21日时在用的定购关系,须在所属批次的日期内由10086提醒一次。",
        "en": "Whoever holds a subscription on 2006-08-21 must be reminded of it once, on the days of its batch.",
    },
    message={
        "zh": "{ordered}定购并一直在用,{from}至{until}没有收到存量提醒。",
        "en": "Ordered at {ordered} and kept; no reminder of it came between {from} and {until}.",
    },
    breach="carrier_duty",
    severity="major",
    clauses=("T8", "T9"),
    needs=("subscription", "batches"),
    hindered_by=("held_before", "order_in_doubt"),
    applies=met_its_days,
    check=check,
    clean=lambda: kept(reminded(held())).evidence(),
    broken=lambda: kept(held()).evidence(),
)
