"""Reads the carrier's notices: whose service a reminder speaks of, and what reminder 1 leaves unsaid (T2, T7)."""

from __future__ import annotations

from datetime import datetime

from dialtest.model.service import Service
from dialtest.policy.policy import Policy
from dialtest.policy.terms import ReminderTerms
from dialtest.policy.wording import fill

WAY_OUT_WORD = {"zh": "退订", "en": "STOP"}


def naming_words(reminder: ReminderTerms, policy: Policy, service: Service) -> str:
    """The words by which reminder 2 names a service: its item up to the tariff, without its number."""
    return fill(reminder.first_item.partition("{tariff}")[0], policy, service, number="")


def unsaid(text: str, policy: Policy, service: Service, ordered_at: datetime, first_order: bool) -> list[str]:
    """What reminder 1 for an order at `ordered_at` should say and `text` does not, in the words it should use.

    Tariff, how long it is free where there is a free time, and how to withdraw: by the filed command or at the carrier.
    """
    words = [policy.tariff(service), policy.free_words(ordered_at, first_order)]
    missing = [word for word in words if word and word not in text]
    way_out = WAY_OUT_WORD.get(policy.language, service.withdraw_command)
    at_carrier = way_out in text and any(port in text for port in policy.carrier_ports)
    if not at_carrier and service.withdraw_command not in text:
        missing.append(way_out)
    return missing
