"""Which calls to the hotline asked for an agent, and what came of them: what connection rates are counted from (H2)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from dialtest.evidence.record import AnyRecord, Opened, Outcome
from dialtest.model.act import Call
from dialtest.model.observation import Called
from dialtest.policy.policy import Policy


@dataclass(frozen=True, slots=True)
class AgentCall:
    """One call that asked for an agent, and whether one answered. `early`: it would have hung up early on purpose."""

    brand: str
    at: datetime
    answered: bool
    early: bool


def agent_calls(records: Sequence[AnyRecord], policy: Policy) -> list[AgentCall]:
    """The calls of one case that asked for an agent; who chose self-service asks for none any longer (H3).

    Calls of less than the policy's ordinary patience are early ones: they say how the emergency flow treats such
    callers, not how many are answered.
    """
    opened = records[0]
    if not isinstance(opened, Opened):
        return []
    calls = [
        (record.act.patience_s, record.result)
        for record in records
        if type(record) is Outcome and isinstance(record.act, Call) and isinstance(record.result, Called)
    ]
    hotline = policy.terms(opened.at).hotline
    ordinary_s = hotline.patience_mean_s if hotline else 0
    return [
        AgentCall(opened.number.brand, call.asked_agent_at, call.answered_at is not None, patience_s < ordinary_s)
        for patience_s, call in calls
        if call.asked_agent_at is not None and not call.chose_self_service
    ]
