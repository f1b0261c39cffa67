"""A query command by SMS that nobody answers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from dialtest.rules.case_evidence import DELIVERED_WITHIN, CaseEvidence
from dialtest.rules.dialogue import answers
from dialtest.rules.example import subscribed
from dialtest.rules.rule import Breach, Rule, Untested


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Every query command to the carrier with no list sent within the policy's minutes (Q7, T9)."""
    for request in evidence.list_requests:
        terms = evidence.terms(request.at).short_code
        if terms is None:
            continue
        deadline = request.at + timedelta(seconds=terms.answer.within_s)
        came = answers(evidence.messages, request.at, terms)
        if came and came[0].value.sent_at <= deadline:
            continue
        facts = {"asked": evidence.clock(request.at), "minutes": str(terms.answer.within_s // 60)}
        if came:
            sent = evidence.clock(came[0].value.sent_at)
            yield Breach(came[0].at, (request.seq, came[0].seq), facts | {"sent": sent})
        elif evidence.ended_at < deadline + DELIVERED_WITHIN:
            yield Untested("the case ended before a late message could have arrived")
        else:
            seq, at = evidence.since(deadline + DELIVERED_WITHIN)
            yield Breach(at, (request.seq, seq), facts | {"sent": "—"})


LIST_UNANSWERED = Rule(
    name="list-unanswered",
    version=1,
    title={"zh": "短信查询无答复", "en": "Query by SMS not answered"},
    explains={
        "zh": "发送查询指令(0000)到10086,5分钟内须收到已定购业务的序号列表,以短信中心时间为准。",
        "en": "The query command (0000) sent to 10086 is answered within five minutes by a numbered list of what is "
        "held; the service centre’s time stamp decides.",
    },
    message={
        "zh": "{asked}发送查询指令,答复发出时间:{sent}(应在{minutes}分钟内)。",
        "en": "The query command was sent at {asked}; answered at: {sent} (due within {minutes} minutes).",
    },
    breach="carrier_duty",
    severity="major",
    clauses=("Q7", "T9"),
    needs=("dialled", "list_request"),
    check=check,
    clean=lambda: subscribed().later(hours=1).asked_for_list().listed().listened(days=2).evidence(),
    broken=lambda: subscribed().later(hours=1).asked_for_list().listened(days=2).evidence(),
)
