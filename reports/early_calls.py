"""Calls to the hotline that would hang up early on purpose: connection rates leave them out (H2)."""

from __future__ import annotations

from collections.abc import Iterable

from dialtest.standing.agent_call import AgentCall
from reports.matter import Rate


def early_calls(calls: Iterable[AgentCall]) -> Rate:
    """The early calls of all brands, and how many of them an agent answered all the same."""
    answered = [call.answered for call in calls if call.early]
    return Rate(sum(answered), len(answered))
