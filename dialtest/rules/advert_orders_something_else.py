"""An advert whose command is not the one filed for the service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dialtest.rules.advert_example import looked
from dialtest.rules.advertised import offers
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.rule import Breach, Rule

BESIDE = frozenset({"YES", "Y", "是", "STOP", "TD", "T", "HELP", "0000"})


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every advert or page that tells its reader to send a word, and not the one filed.

    Where the filed word is told to be sent as well, the other may speak of another service beside this one.
    """
    service, policy = evidence.service, evidence.policy
    known = {service.order_command.upper(), service.withdraw_command.upper(), policy.help_command, policy.query_command}
    for shown in offers(evidence):
        command = shown.claims.keyword
        if command is None or command.upper() in known | BESIDE or tells_to_send(shown.text, service.order_command):
            continue
        facts = {"advertised": command, "filed": service.order_command, "text": shown.excerpt}
        yield Breach(shown.at, (shown.seq,), facts)


@lru_cache(maxsize=1024)
def tells_to_send(text: str, word: str) -> bool:
    """Whether `word` stands in a text as something to send, rather than as part of a name."""
    command = rf"\W{{0,3}}{re.escape(word)}(?![A-Za-z0-9])"
    return re.search(rf"(?:text|txt|send|reply|sms|发送?|回复?|编辑|输入){command}", text, re.IGNORECASE) is not None


ADVERT_ORDERS_SOMETHING_ELSE = Rule(
    name="advert-orders-something-else",
    version=1,
    title={"zh": "宣传的指令与备案不符", "en": "Advertised command is not the filed one"},
    explains={
        "zh": "页面和广告上的订购指令必须是该业务备案的指令,否则用户订到的是别的东西。",
        "en": "The command an advert names must be the one filed; any other orders something else.",
    },
    message={
        "zh": "宣传的指令为{advertised},备案的订购指令为{filed}:“{text}”",
        "en": "It says to send {advertised}; filed is {filed}: “{text}”",
    },
    breach="misleading_ads",
    severity="critical",
    clauses=("D4",),
    needs=("order_command", "offer"),
    check=check,
    clean=lambda: looked("发送DZXW到106600001订购,30元/月").evidence(),
    broken=lambda: looked("发送QT99到106600001订购,30元/月").evidence(),
)
