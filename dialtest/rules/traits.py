"""Which traits a case has: its market, its filing, what was done and seen; by them rules say what they apply to."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import compress
from typing import Literal

from dialtest.rules.case_evidence import CaseEvidence

Trait = Literal[
    "dialled",  # by this harness: only then does the absence of a record mean that nothing was there
    "monthly",  # a subscription was dialled
    "per_use",
    "paid",  # filed at a price
    "by_message",  # it comes as SMS or MMS
    "order_command",  # there is a word to order it with
    "by_month",  # the market cuts its fees on the 1st
    "by_days",  # the market charges in cycles of days
    "receipts",  # the market has receipts
    "first_reminder_due",  # the market has reminders after the order
    "second_yes_by_message",  # an order of a subscription is nothing until a message confirms it
    "second_yes_on_page",  # only an order on a page is confirmed, by a second press
    "order",  # something was ordered or used
    "subscription",  # an order that subscribes to the service dialled
    "touch",  # something was done that is no order
    "press",  # among it, a button pressed that had to be confirmed
    "withdrawal",  # a wish to withdraw
    "wish",  # a wish to withdraw that was not refused to the customer's face
    "list_request",  # the query command was sent to the carrier's short code
    "page",  # a page was seen
    "offer",  # a page, or an advert that is filed
    "answer",  # a query was answered
    "bill",  # a bill was read
    "charge",  # a charge of the service dialled
    "monthly_charge",  # one that is taken by the month (or week)
    "first_reminder",
    "second_reminder",
    "reminder",  # either
    "batches",  # subscribed before existing subscriptions were reminded in batches, and watched when they were
    "holding",  # an answer or reminder 1: what can tell of a subscription
    "withdrawal_confirmation",
    "complaint",  # the carrier took a complaint
    "call",  # the hotline was rung
    "order_in_doubt",
    "held_before",
]
Traits = frozenset[Trait]

Hindrance = Literal["order_in_doubt", "held_before"]

HINDRANCES: Mapping[Hindrance, str] = {
    "order_in_doubt": "an order is in doubt",
    "held_before": "the number held the service, or may have held it, before it was ordered",
}
"""Traits that can keep a rule from judging, and how a verdict says so."""


def traits_of(evidence: CaseEvidence) -> Traits:
    """Every trait of one case."""
    service, charging = evidence.service, evidence.market.charging
    by_yes = evidence.monthly and evidence.market.order.confirmation != "none"
    found: dict[Trait, object] = {
        "dialled": evidence.dialled,
        "monthly": evidence.monthly,
        "per_use": not evidence.monthly,
        "paid": service.fee_fen > 0,
        "by_message": service.service_type in ("sms", "mms"),
        "order_command": service.order_command,
        "by_month": charging.cycle == "calendar_month",
        "by_days": charging.cycle == "days",
        "receipts": evidence.market.receipt is not None,
        "first_reminder_due": evidence.market.first_reminder is not None,
        "second_yes_by_message": by_yes,
        "second_yes_on_page": not by_yes,
        "order": evidence.orders,
        "subscription": evidence.subscription_order is not None,
        "touch": evidence.touches,
        "press": "press" in [touch.touch for touch in evidence.touches],
        "withdrawal": evidence.withdrawals,
        "wish": [wish for wish in evidence.withdrawals if wish.accepted is not False],
        "list_request": evidence.list_requests,
        "page": evidence.pages,
        "offer": evidence.pages or service.adverts,
        "answer": evidence.answers,
        "bill": evidence.last_bill is not None,
        "charge": evidence.own_charges,
        "monthly_charge": evidence.monthly_charges,
        "first_reminder": evidence.first_reminders,
        "second_reminder": evidence.second_reminders,
        "reminder": evidence.first_reminders or evidence.second_reminders,
        "batches": _met_batches(evidence),
        "holding": evidence.answers or evidence.first_reminders,
        "withdrawal_confirmation": evidence.withdrawal_confirmations,
        "complaint": evidence.complaints,
        "call": evidence.calls,
        "order_in_doubt": evidence.order_in_doubt,
        "held_before": evidence.held_before,
    }
    return frozenset(compress(found, found.values()))


def _met_batches(evidence: CaseEvidence) -> bool:
    batches, order = evidence.policy.batches, evidence.subscription_order
    return batches is not None and order is not None and order.at < batches.begins < evidence.ended_at
