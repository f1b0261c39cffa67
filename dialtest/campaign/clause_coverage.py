"""Where each clause of the campaign is done, exercised, judged and broken: read from the clause ids in the code."""

from __future__ import annotations

import ast
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from importlib.resources.abc import Traversable

from dialtest.rules.rule import Rule
from dialtest.sandbox.faults.fault import Fault
from dialtest.sandbox.settlement_conduct import ALL_SETTLEMENT_FAULTS
from dialtest.script.scenario import Scenario

CLAUSE = re.compile(r"\b([DTHQR])(\d{1,2})(?:\s*[–-]\s*(?:\1)?(\d{1,2}))?\b")
PROVIDERS_BREACHES = "D4"


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause. Where it is about people, paper and planning, `artefact` shows it, `check` is the test that proves
    the artefact right and `counter_example` the one that proves it can show the contrary; all empty for what systems
    do.
    """

    id: str
    words: Mapping[str, str]
    artefact: str = ""
    check: str = ""
    counter_example: str = ""


@dataclass(frozen=True, slots=True)
class Covered:
    """One row: modules of the carrier, scenarios and audits, rules, faults that cite a clause."""

    clause: Clause
    carrier: tuple[str, ...]
    exercised: tuple[str, ...]
    rules: tuple[str, ...]
    faults: tuple[str, ...]

    @property
    def gaps(self) -> tuple[str, ...]:
        """Names of the cells that are empty."""
        if self.clause.artefact:
            return tuple(name for name in ("check", "counter_example") if not getattr(self.clause, name))
        return tuple(name for name in ("carrier", "exercised", "rules", "faults") if not getattr(self, name))


def clauses() -> tuple[Clause, ...]:
    """Every clause, in the order of the list."""
    listed = tomllib.loads(files("dialtest.policy").joinpath("clauses.toml").read_text(encoding="utf-8"))
    return tuple(Clause(name, {lang: said.pop(lang) for lang in ("zh", "en")}, **said) for name, said in listed.items())


def coverage(
    scenarios: Sequence[Scenario], rules: Sequence[Rule], faults: Mapping[str, type[Fault]]
) -> tuple[Covered, ...]:
    """One row for each clause. The three breaches of providers (D4) are covered by every rule and fault of them."""
    carrier, audits = _citing("sandbox"), _citing("audit")
    exercised: dict[str, list[str]] = defaultdict(list)
    for scenario in scenarios:
        for clause in scenario.clauses:
            exercised[clause].append(scenario.name)
    judged: dict[str, list[str]] = defaultdict(list)
    for rule in rules:
        for clause in {*rule.clauses, *_breach_clause(rule.breach)}:
            judged[clause].append(rule.name)
    by_name = {rule.name: rule for rule in rules}
    broken: dict[str, list[str]] = defaultdict(list)
    for name, fault in faults.items():
        for clause in {*by_name[fault.rule].clauses, *cited(fault.__doc__ or ""), *_breach_clause(fault.breach)}:
            broken[clause].append(name)
        exercised[PROVIDERS_BREACHES] += [fault.scenario] if _breach_clause(fault.breach) else []
    for name, settlement_fault in ALL_SETTLEMENT_FAULTS.items():
        for clause in cited(settlement_fault.__doc__ or ""):
            broken[clause].append(name)
    return tuple(
        Covered(
            clause,
            tuple(carrier[clause.id]),
            (*dict.fromkeys(exercised[clause.id]), *(f"audit {audit}" for audit in audits[clause.id])),
            (*judged[clause.id], *(f"audit {audit}" for audit in audits[clause.id])),
            tuple(broken[clause.id]),
        )
        for clause in clauses()
    )


def cited(text: str) -> tuple[str, ...]:
    """The clause ids in a text, each once; `T1–T3` names three."""
    found: dict[str, None] = {}
    for letter, first, last in CLAUSE.findall(text):
        for number in range(int(first), int(last or first) + 1):
            found[f"{letter}{number}"] = None
    return tuple(found)


def as_markdown(covered: Sequence[Covered]) -> str:
    """The table of all clauses, and below it where those about people and paper are shown."""
    systems = [row for row in covered if not row.clause.artefact]
    papers = [row for row in covered if row.clause.artefact]
    lines = [*_HEAD, *map(_system_row, systems), *_PAPER_HEAD, *map(_paper_row, papers)]
    return "\n".join(lines) + "\n"


def _system_row(row: Covered) -> str:
    cells = (row.carrier, row.exercised, row.rules, row.faults)
    return f"| {row.clause.id} | {row.clause.words['en']} | " + " | ".join(map(_cell, cells)) + " |"


def _paper_row(row: Covered) -> str:
    clause = row.clause
    tests = (
        _cell([test for test in (clause.check,) if test]),
        _cell([test for test in (clause.counter_example,) if test]),
    )
    return f"| {clause.id} | {clause.words['en']} | {clause.artefact} | {tests[0]} | {tests[1]} |"


def _cell(names: Sequence[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)


def _breach_clause(breach: str) -> tuple[str, ...]:
    return () if breach == "carrier_duty" else (PROVIDERS_BREACHES,)


def _citing(room: str) -> Mapping[str, list[str]]:
    """Clause → the modules of a room whose docstrings cite it; faults break the carrier and are left out."""
    citing: dict[str, list[str]] = defaultdict(list)
    for name, source in _modules(files("dialtest").joinpath(room), ""):
        docs = (ast.get_docstring(node) or "" for node in ast.walk(ast.parse(source)) if isinstance(node, _DOCUMENTED))
        for clause in cited("\n".join(docs)):
            citing[clause].append(name)
    return citing


def _modules(folder: Traversable, inside: str) -> Iterator[tuple[str, str]]:
    if not folder.is_dir():
        return
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.is_dir() and entry.name not in ("faults", "__pycache__"):
            yield from _modules(entry, f"{inside}{entry.name}.")
        elif entry.name.endswith(".py"):
            yield f"{inside}{entry.name.removesuffix('.py')}", entry.read_text(encoding="utf-8")


_DOCUMENTED = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)

_HEAD = (
    "# Where each clause lives",
    "",
    "Written by `make docs` from the clause ids in the code: docstrings of the carrier (`dialtest/sandbox`) and of the",
    "audits (`dialtest/audit`), which collect and judge, the `clauses` of scenarios and rules, and the rules faults",
    "name. A test fails when a cell is empty.",
    "",
    "| clause | what | carrier | scenario or audit | rules | faults |",
    "|---|---|---|---|---|---|",
)
_PAPER_HEAD = (
    "",
    "## People, paper and planning",
    "",
    "| clause | what | artefact | check | counter-example |",
    "|---|---|---|---|---|",
)
