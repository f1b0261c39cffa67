"""A caller who hears of other ways while waiting, and is given no choice."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.hotline_example import CallStory
from dialtest.rules.rule import Breach, Rule


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """A call for an agent in which the emergency flow spoke of other ways, and not of waiting or self-service (H3).

    That other ways are told shows a caller that the flow is on: nobody sees its connection rate from outside.
    """
    for noted in evidence.calls:
        call = noted.value
        if call.asked_agent_at is not None and call.heard("other_ways") and not call.heard("offer"):
            facts = {"called": evidence.clock(call.began_at), "waited": str(call.waited_s)}
            yield Breach(noted.at, (noted.seq,), facts)


CHOICE_NOT_OFFERED = Rule(
    name="choice-not-offered",
    version=1,
    title={"zh": "未提供等候或自助的选择", "en": "No choice between waiting and self-service"},
    explains={
        "zh": "人工接通率过低时,须让来电客户选择继续等候或转自助服务。",
        "en": "When agents cannot be reached, callers are offered to keep waiting or to serve themselves.",
    },
    message={
        "zh": "{called}拨打热线等候{waited}秒,听到了其他退订渠道的提示,却没有“继续等候”或“自助服务”可选。",
        "en": "Called at {called} and waited {waited} s: told of other ways to withdraw, but not offered to keep "
        "waiting or to serve oneself.",
    },
    breach="carrier_duty",
    severity="minor",
    clauses=("H3",),
    needs=("call",),
    applies=lambda evidence: any(noted.value.asked_agent_at is not None for noted in evidence.calls),
    check=check,
    clean=lambda: CallStory().called("0", waited_s=60, told=True).rung_back(hours=6).looked_up(days=2).evidence(),
    broken=lambda: (
        CallStory().called("0", waited_s=60, told=True, offered=False).rung_back(hours=6).looked_up(days=2).evidence()
    ),
)
