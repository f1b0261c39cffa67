"""What a rule is: its words, what it checks, and an example each of clean and broken evidence."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from dialtest.model.finding import BreachClass, Severity
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.traits import Hindrance, Trait
from dialtest.rules.wrong_charge import WrongCharge


@dataclass(frozen=True, slots=True)
class Breach:
    """One breach seen. `at` is when the deciding record was made; `records` are the sequence numbers that show it.

    `facts` fill the rule's message. `service` is set when the breach is another service's than the one dialled;
    `wrong` are the charges it shows to be wrong.
    """

    at: datetime
    records: tuple[int, ...]
    facts: Mapping[str, str] = field(default_factory=dict)
    service: tuple[str, str] | None = None
    wrong: tuple[WrongCharge, ...] = ()


@dataclass(frozen=True, slots=True)
class Untested:
    """The evidence does not allow a verdict, and why: never the same as clean."""

    reason: str


Check = Callable[[CaseEvidence], Iterable[Breach | Untested]]
Example = Callable[[], CaseEvidence]


@dataclass(frozen=True, slots=True, eq=False)
class Rule:
    """One way to cheat, and how its traces look. The check yields breaches, or Untested, or nothing when clean.

    A rule applies to cases that have every trait it `needs` (market, billing type, what was done and seen); where
    traits do not tell, `applies` looks at the case itself. Where a rule does not apply, there is no verdict; where a
    case has a trait it is `hindered_by`, it cannot judge. Messages are filled with the breach's facts.
    """

    name: str
    version: int
    title: Mapping[str, str]
    explains: Mapping[str, str]
    message: Mapping[str, str]
    breach: BreachClass
    severity: Severity
    clauses: tuple[str, ...]
    check: Check
    clean: Example
    broken: Example
    needs: tuple[Trait, ...] = ()
    hindered_by: tuple[Hindrance, ...] = ()
    applies: Callable[[CaseEvidence], bool] | None = None
