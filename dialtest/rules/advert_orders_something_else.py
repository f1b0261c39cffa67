"""An advert whose command is not the one filed for the service."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from dialtest.adverts import claims_of
from dialtest.rules.advert_example import looked
from dialtest.rules.advertised import offers
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.rule import Breach, Rule

BESIDE = frozenset({"YES", "Y", "是", "STOP", "TD", "T", "HELP", "0000"})


def check(evidence: CaseEvidence) -> Iterator[Breach]:
    """Every advert or page with a line that names a word to order by, and not the one filed.

    A line that names the filed word too may speak of another service beside this one.
    """
    service, policy = evidence.service, evidence.policy
    known = {service.order_command.upper(), service.withdraw_command.upper(), policy.help_command, policy.query_command}
    for shown in offers(evidence):
        for command, line in commands_in(shown.text):
            if command not in known | BESIDE and not _names(line, service.order_command):
                facts = {"advertised": command, "filed": service.order_command, "text": shown.excerpt}
                yield Breach(shown.at, (shown.seq,), facts)
                break


@lru_cache(maxsize=1024)
def commands_in(text: str) -> tuple[tuple[str, str], ...]:
    """The words a text tells its reader to send, each with its line."""
    lines = ((claims_of(line).keyword, line) for line in text.splitlines())
    return tuple((command.upper(), line) for command, line in lines if command)


def _names(line: str, word: str) -> bool:
    return re.search(rf"(?<![A-Za-z0-9]){re.escape(word)}(?![A-Za-z0-9])", line, re.IGNORECASE) is not None


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
    applies=lambda evidence: bool(evidence.service.order_command),
    check=check,
    clean=lambda: looked("发送DZXW到106600001订购,30元/月").evidence(),
    broken=lambda: looked("发送QT99到106600001订购,30元/月").evidence(),
)
