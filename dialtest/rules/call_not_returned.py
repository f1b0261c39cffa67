"""A call nobody answered and nobody returned."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from dialtest.model.observation import Called
from dialtest.rules.case_evidence import CLOCK_SLACK, CaseEvidence
from dialtest.rules.hotline_calls import NEVER_LOOKED, answered, calls_back, hotline, unanswered
from dialtest.rules.hotline_example import CallStory
from dialtest.rules.noted import Noted
from dialtest.rules.rule import Breach, Rule, Untested


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """A call that got no agent, and neither a call back in time nor an agent later (H3)."""
    terms = hotline(evidence)
    if terms is None or not evidence.dialled:
        yield Untested("no hotline of this market was rung by this harness")
        return
    within = timedelta(hours=terms.emergency.call_back_within_h)
    for noted in unanswered(evidence):
        due = noted.value.ended_at + within + CLOCK_SLACK
        if _made_good(evidence, noted.value, due):
            continue
        looked = next((log for log in evidence.call_logs if log.at >= due), None)
        if looked is None:
            yield Untested(NEVER_LOOKED)
        else:
            yield Breach(
                looked.at, (noted.seq, looked.seq), _facts(evidence, noted, terms.emergency.call_back_within_h)
            )


def _made_good(evidence: CaseEvidence, call: Called, due: datetime) -> bool:
    back = (incoming.at for incoming in calls_back(evidence))
    later = (other.value.answered_at for other in answered(evidence))
    return any(at is not None and call.ended_at <= at <= due for at in (*back, *later))


def _facts(evidence: CaseEvidence, noted: Noted[Called], hours: int) -> dict[str, str]:
    return {
        "called": evidence.clock(noted.value.began_at),
        "waited": str(noted.value.waited_s),
        "hours": str(hours),
    }


CALL_NOT_RETURNED = Rule(
    name="call-not-returned",
    version=1,
    title={"zh": "未接通来电未回拨", "en": "An unanswered call was not returned"},
    explains={
        "zh": "高峰期未接通人工的来电须逐一登记,高峰过后回拨,一个也不能漏。",
        "en": "Every call that got no agent at the peak is recorded and called back after it; none may be lost.",
    },
    message={
        "zh": "{called}拨打热线等候{waited}秒未接通人工,{hours}小时内没有回电。",
        "en": "Called at {called} and waited {waited} s for an agent in vain; nobody called back within {hours} hours.",
    },
    breach="carrier_duty",
    severity="major",
    clauses=("H3",),
    needs=("call",),
    applies=lambda evidence: bool(unanswered(evidence)),
    check=check,
    clean=lambda: CallStory().called("0", waited_s=60).rung_back(hours=6).looked_up(days=2).evidence(),
    broken=lambda: CallStory().called("0", waited_s=60).looked_up(days=2).evidence(),
)
