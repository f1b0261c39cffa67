"""A channel that is still closed on the day it must be open."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.model.act import Query, Withdraw
from dialtest.model.observation import Trouble
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import subscribed
from dialtest.rules.rule import Breach, Rule

CLOSED = ("not_open", "unknown_channel")


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every query and every withdrawal turned away at a channel that the terms of that moment name (Q9)."""
    closed = {noted.seq for noted in evidence.troubles if noted.value.failure in CLOSED}
    for done in evidence.done if closed else ():
        act, result = done.act, done.result
        if done.seq not in closed or not isinstance(act, Query | Withdraw) or not isinstance(result, Trouble):
            continue
        terms = evidence.terms(result.at)
        if act.channel in (terms.query if isinstance(act, Query) else terms.withdrawal).channels:
            facts = {"asked": evidence.clock(result.at), "channel": act.channel, "said": result.detail}
            yield Breach(result.at, (done.seq,), facts)


CHANNEL_NOT_OPEN = Rule(
    name="channel-not-open",
    version=1,
    title={"zh": "渠道未按期开通", "en": "Channel not open on its day"},
    explains={
        "zh": "自助终端、营业厅、网站退订、WAP须在政策规定的日期开通。",
        "en": "Terminals, halls, withdrawal on the website and WAP are open from the days that the policy names.",
    },
    message={
        "zh": "{asked}通过{channel}办理,被告知尚未开通({said}),而该渠道应已开通。",
        "en": "At {asked} {channel} should have been open and turned the customer away ({said}).",
    },
    breach="carrier_duty",
    severity="major",
    clauses=("Q9", "Q7"),
    needs=("dialled",),
    applies=lambda evidence: bool(evidence.answers or evidence.withdrawals or evidence.troubles),
    check=check,
    clean=lambda: subscribed().later(hours=1).turned_away("web").evidence(),
    broken=lambda: subscribed(25).later(hours=1).turned_away("terminal").evidence(),
)
