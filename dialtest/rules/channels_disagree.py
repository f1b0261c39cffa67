"""Channels that answer the same question differently at the same moment."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta

from dialtest.model.observation import Answer, SubscriptionRow
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import subscribed
from dialtest.rules.noted import Noted
from dialtest.rules.rule import Breach, Rule
from dialtest.rules.same_moment import moments, own
from dialtest.rules.withdrawing import wished

SETTLED_AFTER = timedelta(minutes=10)  # (ours) an order may need this long to reach every system
CHANGING = frozenset({"status", "history"})


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Answers of one moment whose rows of the service differ (Q7); what a withdrawal changes is another rule's."""
    for first, *others in moments(evidence):
        if any(timedelta() <= first.at - order.at < SETTLED_AFTER for order in evidence.orders):
            continue
        for other in others:
            differing = _differing(evidence, first, other)
            if differing:
                yield Breach(other.at, (first.seq, other.seq), _facts(evidence, first.value, other.value, differing))
                break


def _differing(evidence: CaseEvidence, first: Noted[Answer], other: Noted[Answer]) -> list[str]:
    """The fields in which two answers differ about the service; `status` where one of them does not show it."""
    left, right = own(evidence, first), own(evidence, other)
    if len(left) != len(right):
        return ["status"]
    withdrawing = any(wish.at <= other.at for wish in wished(evidence))
    passed_over = CHANGING if withdrawing or _changed_between(right, first) else frozenset()
    fields = SubscriptionRow.__struct_fields__
    return [
        name
        for name in fields
        if name not in passed_over
        and any(getattr(a, name) != getattr(b, name) for a, b in zip(left, right, strict=True))
    ]


def _changed_between(rows: Sequence[SubscriptionRow], first: Noted[Answer]) -> bool:
    return any(change.at >= first.at for row in rows for change in row.history)


def _facts(evidence: CaseEvidence, first: Answer, other: Answer, fields: Sequence[str]) -> dict[str, str]:
    return {
        "asked": evidence.clock(first.at),
        "one": first.channel,
        "other": other.channel,
        "fields": ", ".join(fields),
    }


CHANNELS_DISAGREE = Rule(
    name="channels-disagree",
    version=1,
    title={"zh": "各渠道查询结果不一致", "en": "Channels answer differently"},
    explains={
        "zh": "同一时刻通过热线、网站、自助终端、营业厅、WAP等任一渠道查询,结果须一致。"
        "提出退订之后状态的先后变化由其他规则判断。",
        "en": "The same question asked at the same moment gets the same answer over hotline, website, terminal, hall "
        "and WAP. What changes after a withdrawal was asked for is left to other rules.",
    },
    message={
        "zh": "{asked}查询,{one}与{other}显示不一致:{fields}。",
        "en": "Asked at {asked}, {one} and {other} show different things: {fields}.",
    },
    breach="carrier_duty",
    severity="major",
    clauses=("Q7", "Q1"),
    needs=("dialled", "answer"),
    applies=lambda evidence: bool(moments(evidence)),
    check=check,
    clean=lambda: (lambda told: told.queried(told.row()).queried(told.row(), channel="web"))(
        subscribed().later(hours=1)
    ).evidence(),
    broken=lambda: (lambda told: told.queried(told.row()).queried(told.row(tariff="3元/月"), channel="web"))(
        subscribed().later(hours=1)
    ).evidence(),
)
