"""An answer that leaves out part of what the screen must show."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.model.observation import SubscriptionRow
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import subscribed
from dialtest.rules.filed_fields import filed_fields
from dialtest.rules.rule import Breach, Rule


def applies(evidence: CaseEvidence) -> bool:
    """An answer shows the service dialled."""
    return any(row.is_of(evidence.service) for answer in evidence.answers for row in answer.value.subscriptions)


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every row of the service that lacks a field which its filing fills, or its history of one year (Q2)."""
    for noted in evidence.answers:
        for row in noted.value.subscriptions:
            missing = _missing(evidence, row) if row.is_of(evidence.service) else []
            if missing:
                facts = {
                    "asked": evidence.clock(noted.at),
                    "channel": noted.value.channel,
                    "fields": ", ".join(missing),
                }
                yield Breach(noted.at, (noted.seq,), facts)


def _missing(evidence: CaseEvidence, row: SubscriptionRow) -> list[str]:
    filled = [*filed_fields(evidence), *(["order_channel"] if "order_channel" in evidence.market.query.fields else [])]
    missing = [name for name in filled if not getattr(row, name)]
    return missing + (["history"] if _history_lacks(row) and "history" in evidence.market.query.fields else [])


def _history_lacks(row: SubscriptionRow) -> bool:
    """Whether nothing tells of the order, or of the withdrawal of what is withdrawn."""
    changes = {change.what for change in row.history}
    return not changes or (row.status == "withdrawn" and "withdrawn" not in changes)


ANSWER_INCOMPLETE = Rule(
    name="answer-incomplete",
    version=1,
    title={"zh": "查询结果不完整", "en": "Answer incomplete"},
    explains={
        "zh": "查询须显示15项信息及一年内的变更记录;备案中有内容的字段不得为空。",
        "en": "A query shows 15 fields and the changes of a year; no field that the filing fills may be empty.",
    },
    message={
        "zh": "{asked}通过{channel}查询,缺少:{fields}。",
        "en": "Asked over {channel} at {asked}; the answer lacks: {fields}.",
    },
    breach="carrier_duty",
    severity="minor",
    clauses=("Q2",),
    needs=("dialled", "answer"),
    applies=applies,
    check=check,
    clean=lambda: (lambda told: told.queried(told.row()))(subscribed().later(hours=1)).evidence(),
    broken=lambda: (lambda told: told.queried(told.row(service_hotline="")))(subscribed().later(hours=1)).evidence(),
)
