"""A reminder names an existing subscription that exists no more."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.existing_example import held, kept, reminded
from dialtest.rules.existing_reminders import certain_from, existing_reminders, withdrawn_before_due
from dialtest.rules.rule import Breach, Rule
from dialtest.rules.withdrawing import effective_by, ordered_again, still_active, wished


def applies(evidence: CaseEvidence) -> bool:
    """It was withdrawn before the days of its batch were over, and watched until then; or reminded of all the same."""
    certain = certain_from(evidence)
    watched = certain is not None and evidence.ended_at >= certain
    return withdrawn_before_due(evidence) and (watched or bool(existing_reminders(evidence)))


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every text of T9 sent after a wish to withdraw must have taken effect, with no new order since (T8, Q5).

    Where the wish was ignored or undone, the subscription is there, and the reminder right.
    """
    if still_active(evidence):
        return
    for text in existing_reminders(evidence):
        for wish in wished(evidence):
            if effective_by(evidence, wish) < text.sent_at and not ordered_again(evidence, wish, text.sent_at):
                facts = {"asked": evidence.clock(wish.at), "sent": evidence.clock(text.sent_at)}
                yield Breach(text.first.at, (wish.seq, *text.seqs), facts)
                break


EXISTING_REMINDER_OF_WITHDRAWN = Rule(
    name="existing-reminder-of-withdrawn",
    version=2,
    title={"zh": "已退订业务仍被提醒", "en": "A reminder of a subscription that was withdrawn"},
    explains={
        "zh": "存量提醒只列出用户仍在用的业务;已退订的业务不得再列出。",
        "en": "The reminder of existing subscriptions names what the customer holds, not what was withdrawn.",
    },
    message={
        "zh": "{asked}已申请退订,{sent}的存量提醒仍列出该业务。",
        "en": "Withdrawal was asked for at {asked}; the reminder of {sent} still names the service.",
    },
    breach="carrier_duty",
    severity="minor",
    clauses=("T8", "Q5"),
    needs=("subscription", "batches", "wish"),
    applies=applies,
    check=check,
    clean=lambda: kept(held().later(days=-5).withdrew("hotline").confirmed_withdrawal(), "withdrawn").evidence(),
    broken=lambda: kept(
        reminded(held().later(days=-5).withdrew("hotline").confirmed_withdrawal().later(days=5)), "withdrawn"
    ).evidence(),
)
