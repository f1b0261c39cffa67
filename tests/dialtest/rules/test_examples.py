"""Each rule's own examples, and what every rule must state."""

from __future__ import annotations

import re

import pytest

from dialtest.rules.judge import judge_case
from dialtest.rules.registry import ALL_RULES
from dialtest.rules.rule import Breach, Rule, Untested

RULES = pytest.mark.parametrize("rule", ALL_RULES, ids=lambda rule: rule.name)


@RULES
def test_the_clean_example_is_clean(rule: Rule) -> None:
    assert "clean" == judge_case(rule.clean(), [rule]).verdicts[rule.name]


@RULES
def test_the_broken_example_is_found_and_told_in_both_languages(rule: Rule) -> None:
    found = judge_case(rule.broken(), [rule]).findings
    assert [rule.name] == [finding.rule for finding in found]
    for message in rule.message.values():
        told = message.format(**found[0].facts)
        assert told
        assert "{" not in told
    assert found[0].records


@RULES
def test_both_languages_say_the_same_facts(rule: Rule) -> None:
    assert {"zh", "en"} == set(rule.title) == set(rule.explains) == set(rule.message)
    slots = [set(re.findall(r"{(\w+)}", rule.message[code])) for code in ("zh", "en")]
    assert slots[0] == slots[1]


@RULES
def test_clauses_are_ids_of_the_domain(rule: Rule) -> None:
    assert rule.clauses
    assert all(re.fullmatch(r"[DTHQR]\d{1,2}", clause) for clause in rule.clauses)


@RULES
def test_checks_yield_breaches_and_reasons_only(rule: Rule) -> None:
    evidence = rule.broken()
    assert all(isinstance(outcome, Breach | Untested) for outcome in rule.check(evidence))


def test_names_are_unique() -> None:
    assert len(ALL_RULES) == len({rule.name for rule in ALL_RULES})
