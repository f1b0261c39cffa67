"""A caller without an agent who was not told how else to withdraw."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dialtest.model.observation import Called
from dialtest.rules.case_evidence import DELIVERED_WITHIN, CaseEvidence
from dialtest.rules.hotline_calls import hotline, unanswered
from dialtest.rules.hotline_example import CallStory
from dialtest.rules.rule import Breach, Rule, Untested


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """A call that got no agent, with other ways neither announced on the line nor sent by SMS (H3)."""
    terms = hotline(evidence)
    if terms is None or not evidence.dialled:
        yield Untested("no hotline of this market was rung by this harness")
        return
    for noted in unanswered(evidence):
        call = noted.value
        if call.heard("other_ways") or _told_by_message(evidence, call, terms.emergency.notice):
            continue
        due = call.ended_at + DELIVERED_WITHIN
        if evidence.ended_at < due:
            yield Untested("the case ended before a late message could have arrived")
        else:
            seq, at = evidence.since(due)
            facts = {"called": evidence.clock(call.began_at), "waited": str(call.waited_s)}
            yield Breach(at, (noted.seq, seq), facts)


def _told_by_message(evidence: CaseEvidence, call: Called, notice: str) -> bool:
    first = call.began_at - timedelta(seconds=1)
    return any(noted.value.sent_at > first and notice in noted.value.text for noted in evidence.messages)


OTHER_WAYS_UNTOLD = Rule(
    name="other-ways-untold",
    version=1,
    title={"zh": "未告知其他退订渠道", "en": "Other ways to withdraw not told"},
    explains={
        "zh": "人工接通率过低时,须以语音或短信告知来电客户其他退订渠道。",
        "en": "When agents cannot be reached, callers are told of other ways to withdraw, by voice or by SMS.",
    },
    message={
        "zh": "{called}拨打热线等候{waited}秒未接通,语音和短信都没有告知其他退订渠道。",
        "en": "Called at {called} and waited {waited} s in vain; neither voice nor SMS told of other ways to withdraw.",
    },
    breach="carrier_duty",
    severity="major",
    clauses=("H3",),
    needs=("call",),
    applies=lambda evidence: bool(unanswered(evidence)),
    check=check,
    clean=lambda: CallStory().called("0", waited_s=60, told=True).listened(days=2).evidence(),
    broken=lambda: CallStory().called("0", waited_s=60).listened(days=2).evidence(),
)
