"""Reads the carrier's notices: which messages are some, and what reminder 1 leaves unsaid (T2, T7)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from dialtest.model.observation import Message
from dialtest.model.service import Service
from dialtest.policy.policy import Policy
from dialtest.policy.terms import ReminderTerms, Terms
from dialtest.policy.wording import after_service, clause_of, fill, marker, says
from dialtest.rules.assembled import assemble
from dialtest.rules.noted import Noted

WAY_OUT_WORD = {"zh": "退订", "en": "STOP"}


class Notices:
    """Among `messages`, those about `service` that the terms prescribe, oldest first.

    They are known by the words before the first slot of their text and by the names of service and provider; reminder
    2, or a numbered part of it, by the words that name the service in its list, unless the text it is part of names a
    second way out: then it is the reminder of existing subscriptions (T9). `naming_words` are those words; None where
    the market has no such list.
    """

    __slots__ = ("first_reminders", "naming_words", "second_reminders", "withdrawal_confirmations")

    def __init__(self, messages: Sequence[Noted[Message]], service: Service, policy: Policy, terms: Terms) -> None:
        self.first_reminders: list[Noted[Message]] = []
        self.second_reminders: list[Noted[Message]] = []
        self.withdrawal_confirmations: list[Noted[Message]] = []
        reminder = terms.second_reminder
        self.naming_words = second = naming_words(reminder, policy, service) if reminder else None
        if not messages:
            return
        first = _known_by(terms.first_reminder, service) if terms.first_reminder else None
        ended = _known_by(terms.withdrawal.confirmation, service)
        second_way_out, existing = terms.existing.extra_text if terms.existing else None, False
        for noted in messages:
            text = noted.value.text
            if first is not None and all(words in text for words in first):
                self.first_reminders.append(noted)
            if all(words in text for words in ended):
                self.withdrawal_confirmations.append(noted)
            if second is not None and second in text:
                self.second_reminders.append(noted)
            if second_way_out is not None and second_way_out in text:
                existing = True
        if existing and second_way_out and self.second_reminders:
            self.second_reminders = _without(second_way_out, self.second_reminders, messages)


def _known_by(notice: ReminderTerms, service: Service) -> tuple[str, str, str]:
    """The words that a notice of the service has; its name is not the beginning of a longer one."""
    return marker(notice.text), service.name + after_service(notice.text), service.provider_name


def _without(
    second_way_out: str, reminders: Sequence[Noted[Message]], messages: Sequence[Noted[Message]]
) -> list[Noted[Message]]:
    others = {part.seq for text in assemble(messages) if second_way_out in text.text for part in text.parts}
    return [noted for noted in reminders if noted.seq not in others]


def naming_words(reminder: ReminderTerms, policy: Policy, service: Service) -> str:
    """The words by which reminder 2 names a service: its item up to the tariff, without its number."""
    return fill(reminder.first_item.partition("{tariff}")[0], policy, service, number="")


def unsaid(
    text: str, prescribed: str, policy: Policy, service: Service, ordered_at: datetime, first_order: bool
) -> list[str]:
    """What reminder 1 for an order at `ordered_at` should say and `text` does not, in the words it should use.

    Tariff, filed hotline, how long it is free where there is a free time, and how to withdraw: by the filed command or
    where the `prescribed` text sends the customer.
    """
    hotline = service.hotline if "{hotline}" in prescribed else ""
    free = clause_of(prescribed, "free").replace("{free}", policy.free_words(ordered_at, first_order))
    missing = [words for words in (policy.tariff(service), hotline, free) if words and not says(text, words)]
    way_out = WAY_OUT_WORD.get(policy.language, service.withdraw_command)
    ports = [port for port in policy.carrier_ports if says(prescribed, port)]
    at_carrier = way_out in text and any(says(text, port) for port in ports)
    by_command = bool(service.withdraw_command) and says(text, service.withdraw_command)
    if not at_carrier and not by_command:
        missing.append(" ".join((way_out, *ports)))
    return missing
