"""The list that answers the query command by SMS (Q7, T9): how it is written, and which number names a service."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from dialtest.model.service import Service
from dialtest.policy.policy import Policy
from dialtest.policy.terms import ReminderTerms
from dialtest.policy.wording import fill, second_reminder

PART = re.compile(r"^\((\d{1,2})/(\d{1,2})\)")


def numbered_list(policy: Policy, answer: ReminderTerms, services: Sequence[Service]) -> tuple[str, ...]:
    """The list of `services`, the first as number 1, in as many numbered parts as it needs."""
    return second_reminder(policy, answer, services)


def number_in(texts: Iterable[str], policy: Policy, answer: ReminderTerms, service: Service) -> str:
    """The number that names `service` in a list's parts; empty when none does.

    monternet-2006: `…1.新浪“头条新闻”30元/月;2.…` → `1`.
    """
    template = answer.item.partition("{number}")[2].partition("{tariff}")[0]
    named = re.compile(r"(\d+)" + re.escape(fill(template, policy, service)))
    found = next((match for match in map(named.search, texts) if match), None)
    return found[1] if found else ""


def missing_parts(texts: Sequence[str]) -> bool:
    """Whether a list says that it has more parts than these; true for no parts at all."""
    marks = [PART.match(text) for text in texts]
    told = max((int(mark[2]) for mark in marks if mark), default=1)
    return len({mark[1] if mark else "1" for mark in marks}) < told
