"""Which ways in are open (Q7, Q9): before its day a channel says that it is not open yet, and from when it will be."""

from __future__ import annotations

from dialtest.model.observation import Trouble
from dialtest.policy.opening import Purpose, opens
from dialtest.sandbox.core import Core


def closed(core: Core, channel: str, purpose: Purpose, late_days: int = 0) -> Trouble | None:
    """What a customer is told at a channel that is not open now (Q9); None at one that is.

    `late_days`: how long after its day a channel stays closed whose opening is missed.
    """
    terms = core.terms.query if purpose == "query" else core.terms.withdrawal
    if channel in terms.channels and not late_days:
        return None
    since = opens(core.policy, channel, purpose)
    if since is None:
        return Trouble(core.now, "unknown_channel", channel)
    if since > core.policy.timeline[0][0]:
        since = core.policy.days_later(since, late_days)
    return Trouble(core.now, "not_open", f"{channel} {since:%Y-%m-%d}") if core.now < since else None
