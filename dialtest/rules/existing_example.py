"""Stories of a subscription held while existing ones are reminded in batches, for the examples of their rules."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Literal

from dialtest.policy.wording import existing_reminder
from dialtest.rules.example import Story, subscription_story


def held() -> Story:
    """An order of July, its first charge, a query when the batches begin; then the first day of its batch, 10:00."""
    told = subscription_story().charged(3000)
    batches = told.policy.batches
    if batches is None:
        raise ValueError("this market has no batches")
    told.now = batches.begins + timedelta(days=2)
    told.queried(told.row())
    batch = batches.of(told.number.brand, told.service.service_type, told.ordered_at, held=1)
    if batch is not None:
        told.now = batches.window(batch)[0] + timedelta(hours=10)
    return told


def texts(told: Story) -> Sequence[str]:
    """The parts of the reminder, word for word."""
    reminder, batches = told.policy.terms(told.now).second_reminder, told.policy.batches
    if reminder is None or batches is None:
        raise ValueError("this market has no such reminder")
    return existing_reminder(told.policy, reminder, batches.terms, [told.service])


def reminded(told: Story, parts: Sequence[str] = (), sender: str = "10086") -> Story:
    """The reminder, or `parts` in its stead."""
    for text in parts or texts(told):
        told.heard(text, sender)
    return told


def kept(told: Story, status: Literal["active", "withdrawn"] = "active") -> Story:
    """Nothing more is done until a week after the last batch; then the screen shows this."""
    batches = told.policy.batches
    if batches is not None:
        told.now = batches.ends + timedelta(days=7)
    return told.queried(told.row(status))
