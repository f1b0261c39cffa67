"""One unanswered call, and two calls back."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.hotline_calls import NEVER_LOOKED, calls_back, unanswered
from dialtest.rules.hotline_example import CallStory
from dialtest.rules.rule import Breach, Rule, Untested


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """A call back after which the hotline rang again, though nothing was left unanswered in between (H3)."""
    if not evidence.call_logs:
        yield Untested(NEVER_LOOKED)
        return
    owed = unanswered(evidence)
    since = owed[0].value.ended_at
    back = [incoming for incoming in calls_back(evidence) if incoming.at >= since]
    for first, again in pairwise(back):
        if not any(first.at < call.value.ended_at <= again.at for call in owed):
            facts = {"called": evidence.clock(owed[0].value.began_at)}
            facts |= {"first": evidence.clock(first.at), "again": evidence.clock(again.at)}
            yield Breach(evidence.since(again.at)[1], (owed[0].seq, first.seq, again.seq), facts)


CALL_RETURNED_TWICE = Rule(
    name="call-returned-twice",
    version=1,
    title={"zh": "同一来电重复回拨", "en": "An unanswered call was returned twice"},
    explains={
        "zh": "未接通的来电高峰后回拨一次,不得重复打扰客户。",
        "en": "Whoever got no agent is called back once; a second call bothers the customer and keeps another waiting.",
    },
    message={
        "zh": "{called}来电未接通,{first}已回拨,{again}又回拨一次。",
        "en": "The call at {called} was not answered; it was returned at {first}, and again at {again}.",
    },
    breach="carrier_duty",
    severity="minor",
    clauses=("H3",),
    needs=("call",),
    applies=lambda evidence: bool(unanswered(evidence)),
    check=check,
    clean=lambda: CallStory().called("0", waited_s=60).rung_back(hours=6).looked_up(days=2).evidence(),
    broken=lambda: (
        CallStory().called("0", waited_s=60).rung_back(hours=6).rung_back(hours=1).looked_up(days=2)
    ).evidence(),
)
