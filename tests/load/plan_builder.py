"""Builds small plans from text, exactly as a test wants them."""

from __future__ import annotations

from load.plan.reading import parse_plan
from load.plan.surge_plan import SurgePlan

TEXT = """
[[batch]]
number = 1
brand = "mzone"
size = {size}
start = "2006-08-21T10:00:00+08:00"
messages_per_s = 0
[callback]
share = 0.4
delay = {{ law = "exponential", mean_s = {delay_s} }}
[call]
handle = {{ law = "exponential", mean_s = 180 }}
patience = {{ law = "exponential", mean_s = 120 }}
{call}
[agents]
mzone = {agents}
{more}
"""


def surge_plan(size: int = 1000, agents: object = 12, delay_s: int = 1800, call: str = "", more: str = "") -> SurgePlan:
    """One batch that goes out at once, 40 % of whom call; `call` and `more` are added to [call] and at the end."""
    text = TEXT.format(size=size, agents=agents, delay_s=delay_s, call=call, more=more)
    return parse_plan(text, "plan.toml", "plan")
