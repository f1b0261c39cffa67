"""A subscription made by a command that is no order."""

from __future__ import annotations

from collections.abc import Iterator

from dialtest.rules.active_use import COMMANDS
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import story
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.unordered import unordered


def check(evidence: CaseEvidence) -> Iterator[Breach | Untested]:
    """Every subscription without an order whose last cause is a command or a reply (R2)."""
    if (evidence.rows or evidence.first_reminders) and not evidence.dialled:
        yield Untested("imported results do not tell what else was ordered")
    for found in unordered(evidence):
        if not found.ordered and found.cause is not None and found.cause.touch in COMMANDS:
            facts = {
                "command": found.cause.words,
                "sent": evidence.clock(found.cause.at),
                "service": f"{found.provider_name} {found.service_name}",
            }
            yield Breach(found.seen_at, found.records, facts, found.service)


COMMAND_ORDERS = Rule(
    name="command-orders",
    version=1,
    title={"zh": "帮助、查询或错误指令被当作定购", "en": "A help, query or wrong command orders"},
    explains={
        "zh": "帮助、查询、错误、退订指令和其他回复都不是定购,不得形成定购关系。",
        "en": "Help, query, wrong and withdrawal commands and other replies are no orders and must not subscribe.",
    },
    message={
        "zh": "{sent}发送“{command}”,却被定购{service}。",
        "en": "Sent “{command}” at {sent}, and was subscribed to {service}.",
    },
    breach="forced_subscription",
    severity="critical",
    clauses=("R2",),
    needs=("touch",),
    hindered_by=("order_in_doubt",),
    check=check,
    clean=lambda: story().sent("HELP", "help").later(hours=1).queried().evidence(),
    broken=lambda: (lambda told: told.queried(told.row()))(story().sent("HELP", "help").later(hours=1)).evidence(),
)
