"""What a scenario may ask for, and the trampoline that runs it; knows no network.

Scenario files import from here alone.
"""

from dialtest.script.dial import CannotTest, Dial, Listened, Ordered
from dialtest.script.durations import days, hours, minutes
from dialtest.script.scenario import (
    Scenario,
    advertised,
    any_service,
    monthly,
    monthly_by_message,
    monthly_on_page,
    per_use,
    scenario,
    start_on,
)

__all__ = [
    "CannotTest",
    "Dial",
    "Listened",
    "Ordered",
    "Scenario",
    "advertised",
    "any_service",
    "days",
    "hours",
    "minutes",
    "monthly",
    "monthly_by_message",
    "monthly_on_page",
    "per_use",
    "scenario",
    "start_on",
]
