"""An unanswered call that was returned while the customer slept."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dialtest.rules.case_evidence import CLOCK_SLACK, CaseEvidence
from dialtest.rules.hotline_calls import NEVER_LOOKED, calls_back, hotline, unanswered
from dialtest.rules.hotline_example import CallStory
from dialtest.rules.rule import Breach, Rule, Untested

HELD_UP_BY = timedelta(hours=1)  # (ours) a call back that the network holds up may come this much later


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """A call back before the first or after the last hour in which the hotline calls back (H3)."""
    terms = hotline(evidence)
    if terms is None or not evidence.call_logs:
        yield Untested(NEVER_LOOKED)
        return
    flow, owed = terms.emergency, unanswered(evidence)
    for noted in calls_back(evidence):
        before = [call for call in owed if call.value.ended_at <= noted.at]
        midnight = evidence.policy.midnight(evidence.policy.local(noted.at).date())
        opens = midnight + timedelta(hours=flow.call_back_from_h) - CLOCK_SLACK
        closes = midnight + timedelta(hours=flow.call_back_until_h) + HELD_UP_BY
        if before and not opens <= noted.at <= closes:
            facts = {"called": evidence.clock(before[-1].value.began_at), "rung": evidence.clock(noted.at)}
            facts |= {"from": f"{flow.call_back_from_h}:00", "until": f"{flow.call_back_until_h}:00"}
            yield Breach(evidence.since(noted.at)[1], (before[-1].seq, noted.seq), facts)


CALL_RETURNED_OUT_OF_HOURS = Rule(
    name="call-returned-out-of-hours",
    version=1,
    title={"zh": "在休息时间回拨", "en": "An unanswered call was returned out of hours"},
    explains={
        "zh": "高峰过后在规定的时段内回拨,不得在客户休息时打扰。",
        "en": "Calls are returned after the peak in the hours set for it, not while customers sleep.",
    },
    message={
        "zh": "{called}来电未接通,{rung}回拨,不在{from}至{until}之间。",
        "en": "The call at {called} was not answered; it was returned at {rung}, not between {from} and {until}.",
    },
    breach="carrier_duty",
    severity="minor",
    clauses=("H3",),
    needs=("call",),
    applies=lambda evidence: bool(unanswered(evidence)),
    check=check,
    clean=lambda: CallStory().called("0", waited_s=60).rung_back(hours=6).looked_up(days=2).evidence(),
    broken=lambda: CallStory().called("0", waited_s=60).rung_back(hours=14).looked_up(days=2).evidence(),
)
