"""Which other service of its provider a dial orders beside its own, where a scenario has two held at once (Q7)."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import permutations

from dialtest.model.service import Service
from dialtest.script.scenario import Scenario, monthly_by_message


def companion_of(scenario: Scenario, service: Service, siblings: Iterable[Service]) -> str:
    """The key of the next by code of its provider's services (`siblings`) that is a subscription ordered by SMS; empty
    where the scenario wants no companion, or there is none.

    No order of it can be mistaken for one of `service`, nor a text that names it for one that names `service`.
    """
    if not scenario.companion:
        return ""
    fitting = [one for one in siblings if monthly_by_message(one) and _apart(one, service)]
    fitting.sort(key=lambda one: (one.service_code <= service.service_code, one.service_code))
    return fitting[0].key if fitting else ""


def _apart(one: Service, other: Service) -> bool:
    ports, names = (one.access_number, other.access_number), (one.name, other.name)
    return not any(shorter in longer for pair in (ports, names) for shorter, longer in permutations(pair))
