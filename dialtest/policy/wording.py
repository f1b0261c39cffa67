"""The exact texts of reminders, receipts and confirmations (T7), made from a policy's templates."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from functools import lru_cache
from string import Formatter

from dialtest.model.service import Service
from dialtest.policy.policy import Policy
from dialtest.policy.terms import ExistingTerms, ReminderTerms


def fill(template: str, policy: Policy, service: Service, **more: str) -> str:
    """`template` with the service's filing in its slots: provider, service, type, tariff, hotline, access_number."""
    filed = {
        "": "",
        "provider": service.provider_name,
        "service": service.name,
        "type": policy.type_words[service.service_type],
        "tariff": policy.tariff(service),
        "hotline": service.hotline,
        "access_number": service.access_number,
        **more,
    }
    return "".join([literal + filed[slot] for literal, slot in _pieces(template)])


@lru_cache(maxsize=256)
def _pieces(template: str) -> tuple[tuple[str, str], ...]:
    """Literal words and the slot after them, "" after the last: read once, since str.format reads them every time."""
    return tuple((literal, slot or "") for literal, slot, _, _ in Formatter().parse(template))


def first_reminder(policy: Policy, service: Service, ordered_at: datetime, first_order: bool = True) -> str:
    """Reminder 1 for an order at `ordered_at`; empty where the market has none."""
    reminder = policy.terms(ordered_at).first_reminder
    if reminder is None:
        return ""
    return fill(reminder.text, policy, service, free=policy.free_words(ordered_at, first_order))


def second_reminder(policy: Policy, reminder: ReminderTerms, services: Sequence[Service]) -> tuple[str, ...]:
    """Reminder 2 for all `services` of one subscriber, in as many numbered parts as needed (T7).

    One part bears no number. Cuts fall between items only, so an item longer than a part stays whole.
    """
    pieces = [
        fill(reminder.first_item if number == 1 else reminder.item, policy, service, number=str(number))
        for number, service in enumerate(services, 1)
    ]
    pieces = [reminder.opening + pieces[0], *pieces[1:]]
    pieces = [piece + ";" for piece in pieces[:-1]] + [pieces[-1] + "。", reminder.text]
    parts = _pack(pieces, reminder.part_characters)
    if len(parts) == 1:
        return tuple(parts)
    return tuple(f"({number}/{len(parts)}){part}" for number, part in enumerate(parts, 1))


def existing_reminder(
    policy: Policy, reminder: ReminderTerms, existing: ExistingTerms, services: Sequence[Service]
) -> tuple[str, ...]:
    """The reminder of existing subscriptions: reminder 2's text and a second way out (T9)."""
    return second_reminder(policy, replace(reminder, text=reminder.text + existing.extra_text), services)


def _pack(pieces: Sequence[str], characters: int) -> list[str]:
    """As many parts as needed; with ten and more of them their numbers need more room."""
    if len("".join(pieces)) <= characters:
        return ["".join(pieces)]
    for numbered in ("(9/9)", "(99/99)"):
        parts = _packed(pieces, characters - len(numbered))
        if len(f"({len(parts)}/{len(parts)})") <= len(numbered):
            break
    return parts


def _packed(pieces: Sequence[str], room: int) -> list[str]:
    parts = [pieces[0]]
    for piece in pieces[1:]:
        if len(parts[-1]) + len(piece) <= room:
            parts[-1] += piece
        else:
            parts.append(piece)
    return parts


def says(text: str, words: str) -> bool:
    """Whether `text` has these words, and not as part of another number: 0.8元 and 18元 do not say 8元."""
    return words in text and _alone(words).search(text) is not None


@lru_cache(maxsize=1_024)
def _alone(words: str) -> re.Pattern[str]:
    before, after = words[:1].isdigit(), words[-1:].isdigit()
    return re.compile((r"(?<!\d)(?<!\d\.)" if before else "") + re.escape(words) + (r"(?!\.?\d)" if after else ""))


@lru_cache(maxsize=256)
def clause_of(template: str, slot: str) -> str:
    """The clause of a template that a slot stands in, up to the marks beside it; empty where it has no such slot."""
    found = re.search(rf"[^,。;]*{re.escape('{' + slot + '}')}[^,。;]*", template)
    return found[0] if found else ""


@lru_cache(maxsize=256)
def after_service(template: str) -> str:
    """The two signs that follow the service's name in a template: where they do, the name is not a longer one's."""
    return template.partition("{service}")[2].partition("{")[0][:2]


@lru_cache(maxsize=256)
def marker(template: str) -> str:
    """The literal words of a template before its first slot: what recognises a message made from it."""
    return template.partition("{")[0]
