"""A reminder came more often than it was due."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from dialtest.rules.assembled import Assembled
from dialtest.rules.case_evidence import CLOCK_SLACK, CaseEvidence
from dialtest.rules.example import Story, subscribed, subscription_story
from dialtest.rules.existing_reminders import existing_reminders
from dialtest.rules.listings import naming
from dialtest.rules.rule import Breach, Rule


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """More reminders 1, or more reminders 2 in one month, than the customer sent orders (T1).

    Orders are counted, not subscriptions: whether the one before had ended when it was ordered again, a handset may
    not have seen. A copy by the network is no second reminder.
    """
    existing = existing_reminders(evidence)
    yield from _too_many(evidence, "1", [Assembled(one.value.text, (one,), 1) for one in evidence.first_reminders])
    seconds = (text for text in naming(evidence) if text not in existing)
    for _, of_month in groupby(seconds, key=lambda text: f"{evidence.policy.local(text.sent_at):%Y-%m}"):
        yield from _too_many(evidence, "2", list(of_month))


def _too_many(evidence: CaseEvidence, which: str, texts: Sequence[Assembled]) -> Iterator[Breach]:
    if len(texts) < 2:
        return
    orders = [order for order in evidence.orders if order.at <= texts[-1].sent_at + CLOCK_SLACK]
    if len(texts) > len(orders):
        sent = "、".join(evidence.clock(text.sent_at) for text in texts)
        facts = {"which": which, "times": str(len(texts)), "sent": sent}
        yield Breach(texts[-1].parts[-1].at, tuple(seq for text in texts for seq in text.seqs), facts)


def _reminded(times: int) -> Story:
    told = subscribed().to_next_first().later(days=-10)
    for _ in range(times):
        told.later(hours=1).reminded_second()
    return told.later(days=2)


REMINDER_TWICE = Rule(
    name="reminder-twice",
    version=1,
    title={"zh": "重复提醒", "en": "Reminded more often than due"},
    explains={
        "zh": "收费前提醒两次:定购后一次,免费期最后一个月一次;重复提醒会使10086话务量无谓增加。",
        "en": "Two reminders come before the first charge, one after the order and one in the last free month; more "
        "makes customers call 10086 for nothing.",
    },
    message={
        "zh": "第{which}次提醒收到{times}遍:{sent}。",
        "en": "Reminder {which} came {times} times: {sent}.",
    },
    breach="carrier_duty",
    severity="minor",
    clauses=("T1",),
    needs=("subscription", "reminder"),
    hindered_by=("order_in_doubt", "held_before"),
    applies=lambda evidence: evidence.market.second_reminder is not None,
    check=check,
    clean=lambda: subscription_story().evidence(),
    broken=lambda: _reminded(2).evidence(),
)
