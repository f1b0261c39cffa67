"""Every clause is done by the carrier, exercised, judged and can be broken; docs/coverage.md says where."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialtest.campaign.clause_coverage import Clause, Covered, as_markdown, cited, clauses, coverage
from dialtest.rules.registry import all_rules
from dialtest.sandbox.faults import ALL_FAULTS
from dialtest.script.load import load_folder, shipped_folder

ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def covered() -> tuple[Covered, ...]:
    shipped = [scenario for file in load_folder(shipped_folder()) for scenario in file.scenarios]
    return coverage(shipped, all_rules(), ALL_FAULTS)


def test_no_cell_of_the_table_of_clauses_is_empty(covered: tuple[Covered, ...]) -> None:
    assert {} == {row.clause.id: row.gaps for row in covered if row.gaps}


def test_the_document_is_the_table_of_this_code(covered: tuple[Covered, ...]) -> None:
    assert as_markdown(covered) == (ROOT / "docs/coverage.md").read_text(encoding="utf-8"), "run `make docs`"


def test_a_clause_that_nothing_breaks_shows_as_a_gap() -> None:
    row = Covered(Clause("T1", {}), ("reminders",), ("keep-through-first-bill",), ("first-reminder-missing",), ())
    assert ("faults",) == row.gaps


def test_a_clause_on_paper_without_a_counter_example_shows_as_a_gap() -> None:
    row = Covered(Clause("D5", {}, artefact="`dialtest tasks`", check="tests/x.py::test_y"), (), (), (), ())
    assert ("counter_example",) == row.gaps


def test_a_range_of_clauses_cites_each_of_them() -> None:
    assert ("T1", "T2", "T3", "Q5", "R2", "R3") == cited("how it works (T1–T3, Q5; R2-R3), in 2006")


def test_every_clause_cited_in_code_is_one_of_the_list(covered: tuple[Covered, ...]) -> None:
    known = {clause.id for clause in clauses()}
    rules = {clause for rule in all_rules() for clause in rule.clauses}
    files = load_folder(shipped_folder())
    scenarios = {clause for file in files for scenario in file.scenarios for clause in scenario.clauses}
    assert set() == (rules | scenarios) - known


@pytest.mark.parametrize("clause", [clause for clause in clauses() if clause.artefact], ids=lambda clause: clause.id)
def test_checks_and_counter_examples_of_clauses_on_paper_are_tests_that_exist(clause: Clause) -> None:
    for named in (clause.check, clause.counter_example):
        path, _, test = named.partition("::")
        assert f"def {test}(" in (ROOT / path).read_text(encoding="utf-8")
    assert clause.check != clause.counter_example
