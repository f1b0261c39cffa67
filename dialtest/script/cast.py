"""Everyone who plays in a campaign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialtest.model.number import Number
from dialtest.model.service import Service
from dialtest.policy.policy import Policy
from dialtest.script.scenario import Scenario


@dataclass(frozen=True)
class Cast:
    """Services and numbers by key, scenarios by name, the policy, the seed."""

    policy: Policy
    services: Mapping[str, Service]
    numbers: Mapping[str, Number]
    scenarios: Mapping[str, Scenario]
    seed: int
