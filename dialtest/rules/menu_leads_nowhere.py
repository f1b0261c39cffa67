"""A key the hotline's menu offers, and nothing behind it."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.model.observation import Called
from dialtest.policy.hotline_terms import Does
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.hotline_calls import hotline
from dialtest.rules.hotline_example import CallStory
from dialtest.rules.rule import Breach, Rule, Untested


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """A call whose keys lead to something the menu does, which then did not come (H1, Q7)."""
    terms = hotline(evidence)
    if terms is None:
        yield Untested("this market has no hotline")
        return
    for noted in evidence.calls:
        does = terms.reached(noted.value.pressed)
        if does is not None and not _came(noted.value, does):
            facts = {"called": evidence.clock(noted.value.began_at), "keys": noted.value.pressed}
            yield Breach(noted.at, (noted.seq,), facts)


def _came(call: Called, does: Does) -> bool:
    if does == "agent":
        return call.asked_agent_at is not None
    if does == "ways":
        return call.heard("other_ways")
    return call.shown is not None or call.heard("list")


MENU_LEADS_NOWHERE = Rule(
    name="menu-leads-nowhere",
    version=1,
    title={"zh": "热线菜单无响应", "en": "The hotline’s menu leads nowhere"},
    explains={
        "zh": "10086语音菜单提供的按键必须能办到所说的事:查询、退订、转人工。",
        "en": "What 10086 offers behind a key must be there: the query, the withdrawal, the agent.",
    },
    message={
        "zh": "{called}拨打热线,按键{keys}后没有任何结果。",
        "en": "Called at {called}; the keys {keys} led to nothing.",
    },
    breach="carrier_duty",
    severity="major",
    clauses=("H1", "Q7"),
    needs=("call",),
    check=check,
    clean=lambda: CallStory().called("1", shown=True).evidence(),
    broken=lambda: CallStory().called("1").evidence(),
)
