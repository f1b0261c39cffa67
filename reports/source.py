"""What a report is made from: one campaign's settings, its journal and the rules that judged it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from dialtest.evidence.journal import Journal
from dialtest.model.service import Service
from dialtest.policy.policy import Policy
from dialtest.rules.rule import Rule


@dataclass(frozen=True)
class Source:
    """`services` are those of the catalogue by key, `rules` all known ones by name, `seed` the campaign's."""

    name: str
    policy: Policy
    services: Mapping[str, Service]
    rules: Mapping[str, Rule]
    journal: Journal
    seed: int
