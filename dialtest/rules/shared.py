"""Readings of a case that several rules need: each is worked out once per case, by whoever asks first."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TypeVar

from dialtest.rules.case_evidence import CaseEvidence

Value = TypeVar("Value")


def shared(reading: Callable[[CaseEvidence], Value]) -> Callable[[CaseEvidence], Value]:
    """Decorates a pure function of a case; the case keeps its value for all rules that ask again."""

    @wraps(reading)
    def kept(evidence: CaseEvidence) -> Value:
        readings = evidence.readings
        value: Value
        try:
            value = readings[reading]
        except KeyError:
            value = readings[reading] = reading(evidence)
        return value

    return kept
