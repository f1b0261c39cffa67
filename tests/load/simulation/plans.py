"""Plans for simulations: the smallest that reads, with whatever a test adds."""

from __future__ import annotations

from load.plan.reading import parse_plan
from load.plan.surge_plan import SurgePlan

PLAIN = """
begins = "2006-08-21T09:00:00+08:00"
ends = "2006-08-21T{until}:00:00+08:00"
[[batch]]
number = 1
brand = "mzone"
size = {size}
start = "2006-08-21T09:30:00+08:00"
[callback]
share = 0.4
delay = {{ law = "exponential", mean_s = 1200 }}
[call]
handle = {{ law = "{law}", mean_s = 180 }}
patience = {{ law = "exponential", mean_s = 120 }}
redial = {{ share = {redial}, delay = {{ law = "exponential", mean_s = 300 }} }}
"""
AGENTS = """
[agents]
mzone = 20
easyown = 10
[background]
mzone = 200
easyown = 240
"""
EMERGENCY = """
[emergency]
on_below = 0.8
off_at = 0.9
window_s = 300
least_calls = 10
self_service_share = 0.3
call_back_agents = 2
call_back_mean_s = 120
call_back_from_h = 8
call_back_until_h = 20
"""
SHIFTS = """
[agents]
mzone = [
  { from = "00:00", until = "10:00", agents = 12 },
  { from = "10:00", until = "11:00", agents = 30 },
  { from = "11:00", until = "24:00", agents = 15 },
]
easyown = [
  { from = "00:00", until = "10:00", agents = 14 },
  { from = "10:00", until = "24:00", agents = 9 },
]
[background]
mzone = 200
easyown = 240
"""
POOL = """
[[pool]]
name = "both"
brands = ["mzone", "easyown"]
agents = 5
"""
LINES = """
[lines]
lines = 60
menu_ports = 20
"""
MENU = '\nmenu = { law = "exponential", mean_s = 30 }\n'
EVERYTHING = MENU + SHIFTS + EMERGENCY + POOL + LINES


def a_plan(
    added: str = AGENTS,
    size: int = 1000,
    redial: float = 0.3,
    law: str = "exponential",
    more: str = "",
    until: int = 13,
) -> SurgePlan:
    """Two brands, a batch of `size` to one of them at half past nine."""
    return parse_plan(PLAIN.format(size=size, redial=redial, law=law, until=until) + added, "plan.toml")
