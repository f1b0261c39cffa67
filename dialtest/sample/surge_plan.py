"""Makes up the sample campaign's plan for the hotline: batches, second reminders, order reminders, agents."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from dialtest.folder.text import write_text
from dialtest.policy.hotline_terms import HotlineTerms
from dialtest.policy.policy import Policy
from dialtest.policy.terms import Batch, ExistingTerms, ReminderTerms

FILE_NAME = "surge.toml"
SIZES = {
    ("wap", "recent"): 9000,
    ("wap", "older"): 6000,
    ("sms", "recent"): 14000,
    ("sms", "older"): 20000,
    ("mms", "recent"): 4000,
    ("mms", "older"): 3000,
    ("other", "recent"): 2500,
    ("other", "older"): 2000,
    ("all", "sensitive"): 3000,
}
HURRIED = 12
"""The batch that is sent twice as fast as the others, so that the plan has something to warn of."""
SECOND_SIZE, ORDERS_A_DAY = 2500, 100
SECOND_NUMBERS, ORDER_NUMBERS = 200, 900
HEAD = {
    "zh": """# 批次提醒引发的10086来电:容量规划人员的计划
# 试一试:dialtest surge forecast surge.toml;dialtest surge simulate surge.toml;每一项的说明见 dialtest surge init
""",
    "en": """# The calls on the hotline that reminders cause: the capacity planner's plan
# Try: dialtest surge forecast surge.toml; dialtest surge simulate surge.toml; dialtest surge init explains every key
""",
}


def write_surge_plan(folder: Path, policy: Policy) -> None:
    """Write surge.toml for a market that reminds existing subscribers in batches; nothing for one that does not."""
    terms = policy.terms(policy.midnight(policy.starts))
    existing, second = terms.existing, terms.second_reminder
    if terms.hotline is None or existing is None or second is None:
        return
    parts = [HEAD[policy.language], _laws(policy, terms.hotline)]
    parts += [_batch(policy, batch, brand) for batch, brand in _brands(existing, terms.hotline)]
    parts += _second_reminders(policy, existing, second, terms.hotline)
    parts += _order_reminders(policy, existing, terms.hotline)
    write_text(folder / FILE_NAME, "\n".join(parts))


def _laws(policy: Policy, hotline: HotlineTerms) -> str:
    agents = '{ from = "00:00", until = "08:00", agents = 8 }, { from = "08:00", until = "22:00", agents = 44 }, '
    agents += '{ from = "22:00", until = "24:00", agents = 8 }'
    brands = [desk.brand for desk in hotline.desks]
    lines = [
        f'policy = "{policy.name}"',
        "",
        "[callback]",
        'delay = { law = "exponential", mean_s = 1200 }',
        "",
        "[call]",
        f'handle = {{ law = "exponential", mean_s = {hotline.handle_mean_s} }}',
        f'patience = {{ law = "exponential", mean_s = {hotline.patience_mean_s} }}',
        "",
        "[agents]",
        *(f"{brand} = [{agents}]" for brand in brands),
        "",
        "[background]",
        *(f"{brand} = [{', '.join(['12'] * 8 + ['60'] * 14 + ['12'] * 2)}]" for brand in brands),
        "",
        "[emergency]",
        "",
        "[quiet]",
        'from = "20:00"',
        'until = "09:00"',
        "",
    ]
    return "\n".join(lines)


def _brands(existing: ExistingTerms, hotline: HotlineTerms) -> Iterator[tuple[Batch, str]]:
    for batch in existing.batches:
        for desk in hotline.desks:
            if batch.brand in ("all", desk.brand):
                yield batch, desk.brand


def _batch(policy: Policy, batch: Batch, brand: str) -> str:
    rate = 2 if batch.number == HURRIED else 1
    size = SIZES[batch.service_group, batch.age]
    return _table(policy, batch.number, brand, size, batch.first_date, rate, 2, "existing", "10086_and_0000")


def _second_reminders(
    policy: Policy, existing: ExistingTerms, second: ReminderTerms, hotline: HotlineTerms
) -> list[str]:
    """T4: on each of the days of the month in which a second reminder may come, a share of each brand."""
    days = [existing.first_date + timedelta(days=n) for n in range((existing.last_date - existing.first_date).days + 1)]
    days = [day for day in days if second.first_day <= day.day <= second.last_day]
    return [
        _table(policy, SECOND_NUMBERS + place, desk.brand, SECOND_SIZE, day, 1, 1, "second", "10086")
        for place, day in enumerate(days, 1)
        for desk in hotline.desks
    ]


def _order_reminders(policy: Policy, existing: ExistingTerms, hotline: HotlineTerms) -> list[str]:
    """T2: everybody who orders is reminded at once, all day long."""
    days = (existing.last_date - existing.first_date).days + 1
    size, per_s = ORDERS_A_DAY * days, round(ORDERS_A_DAY / (11 * 3600), 6)
    return [
        _table(policy, ORDER_NUMBERS + place, desk.brand, size, existing.first_date, per_s, 1, "order", "10086")
        for place, desk in enumerate(hotline.desks, 1)
    ]


def _table(
    policy: Policy, number: int, brand: str, size: int, day: date, per_s: float, parts: int, kind: str, wording: str
) -> str:
    start = policy.midnight(day) + timedelta(hours=9)
    return f"""[[batch]]
number = {number}
brand = "{brand}"
kind = "{kind}"
wording = "{wording}"
size = {size}
parts = {parts}
start = "{start.isoformat()}"
messages_per_s = {per_s}
"""
