"""When the carrier's channels open, and when its halls are busy (Q7–Q9), read from a policy's dates."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Literal

from dialtest.policy.policy import Policy

Purpose = Literal["query", "withdrawal"]


def channels(policy: Policy) -> tuple[str, ...]:
    """Every channel this market has at some time, in the order in which they open."""
    return tuple(dict.fromkeys(channel for _, terms in policy.timeline for channel in terms.query.channels))


def opens(policy: Policy, channel: str, purpose: Purpose = "withdrawal") -> datetime | None:
    """When a channel opens for queries or withdrawals (Q9); None when it never does.

    monternet-2006: web answers queries from the start and takes withdrawals from 2006-09-01.
    """
    for since, terms in policy.timeline:
        part = terms.query if purpose == "query" else terms.withdrawal
        if channel in part.channels:
            return since
    return None


def openings(policy: Policy) -> Iterator[tuple[datetime, str]]:
    """Every day on which a channel opens for withdrawals after the market's first day, with the channel."""
    for channel in channels(policy):
        since = opens(policy, channel)
        if since is not None and since > policy.timeline[0][0]:
            yield since, channel


def next_busy(policy: Policy, when: datetime) -> datetime | None:
    """A quarter of an hour into the next busy time of halls (Q8) after `when`; None where halls are never busy."""
    hall = policy.terms(when).hall
    if hall is None:
        return None
    local = policy.local(when)
    today = local.replace(hour=hall.busy_from_h, minute=15, second=0, microsecond=0)
    return today if today > local else today + timedelta(days=1)


def busy(policy: Policy, when: datetime) -> bool:
    """Whether halls are busy at `when` (Q8)."""
    hall = policy.terms(when).hall
    return hall is not None and hall.busy_from_h <= policy.local(when).hour < hall.busy_until_h
