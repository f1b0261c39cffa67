"""`dialtest explain` and the generated documents."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from dialtest.commands.explain import explain
from dialtest.errors import DialtestError
from dialtest.rules.registry import ALL_RULES
from dialtest.sandbox.faults import ALL_FAULTS

DOCS = Path(__file__).parents[3] / "docs"


def printed(*arguments: str) -> str:
    result = CliRunner().invoke(explain, arguments, catch_exceptions=False)
    assert 0 == result.exit_code
    return result.output


@pytest.mark.parametrize(
    ("file", "arguments"), [("rules.md", ["--markdown"]), ("faults.md", ["--faults", "--markdown"])]
)
def test_the_generated_documents_are_up_to_date(file: str, arguments: list[str]) -> None:
    assert (DOCS / file).read_text(encoding="utf-8") == printed(*arguments), "run `make docs`"


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_a_rule_is_explained_with_its_time_lines_and_the_message_it_would_give(lang: str) -> None:
    told = printed("charge-in-free-period", "--lang", lang)
    assert "T3, T5" in told
    assert "2006-08-01 00:00" in told
    assert {"zh": "应自2006-09-01 00:00起收费", "en": "the first charge is due at 2006-09-01 00:00"}[lang] in told


def test_without_a_rule_all_are_listed() -> None:
    assert [rule.name for rule in ALL_RULES] == [line.split()[0] for line in printed("--lang", "en").splitlines()]


def test_the_faults_are_listed_with_the_rule_that_catches_them() -> None:
    lines = printed("--faults").splitlines()
    assert list(ALL_FAULTS) == [line.split()[0] for line in lines]
    assert [fault.rule for fault in ALL_FAULTS.values()] == [line.split()[-1] for line in lines]


def test_an_unknown_rule_suggests_the_nearest() -> None:
    with pytest.raises(DialtestError) as raised:
        CliRunner().invoke(explain, ["withdrawal-undne"], catch_exceptions=False)
    assert "withdrawal-undone" in raised.value.remedy


def test_a_name_like_no_rule_at_all_points_to_the_list() -> None:
    with pytest.raises(DialtestError) as raised:
        CliRunner().invoke(explain, ["zzzzzzzz"], catch_exceptions=False)
    assert "dialtest explain" in raised.value.remedy
