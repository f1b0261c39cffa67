"""Judging itself: whatever a case holds, every rule gives a verdict, and the same one again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import get_args

from hypothesis import given, settings
from hypothesis import strategies as st

from dialtest.evidence.record import Intent
from dialtest.model.act import OpenPage, ReadBill, Send
from dialtest.model.observation import Trouble
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.charge_over_tariff import CHARGE_OVER_TARIFF
from dialtest.rules.example import PER_USE, SERVICE, Story, story, subscription_story
from dialtest.rules.judge import judge_case, judge_cases, untested
from dialtest.rules.registry import ALL_RULES
from dialtest.rules.rule import Breach
from dialtest.rules.traits import HINDRANCES, Trait

RULES = {rule.name: rule for rule in ALL_RULES}
Step = Callable[[Story], Story]
OTHER = {"provider_code": "900002", "service_code": "TL", "provider_name": "腾讯公司", "name": "精品图铃"}


def _trouble(act: Send | OpenPage | ReadBill, failure: str) -> Step:
    return lambda told: told._did(act, Trouble(told.now, failure))  # type: ignore[arg-type]


STEPS: tuple[Step, ...] = (
    Story.ordered,
    Story.used,
    Story.reminded_first,
    Story.reminded_second,
    Story.delivered,
    Story.withdrew,
    Story.confirmed_withdrawal,
    Story.to_next_first,
    Story.read_bill,
    lambda told: told.sent("YES", "confirm"),
    lambda told: told.sent("HELP", "help"),
    lambda told: told.sent("<b>", "wrong"),
    lambda told: told.withdrew("hotline"),
    lambda told: told.withdrew("hotline", accepted=False),
    lambda told: told.reminded_first(2000, "\u202e{provider}"),
    lambda told: told.heard("{facts} %s 您已定制试用", "1862", sent_s_ago=-100),
    lambda told: told.saw_page("<form"),
    lambda told: told.saw_page(""),
    lambda told: told.pressed("\x00"),
    lambda told: told.pressed('<button name="confirm">', "order"),
    lambda told: told.charged(3000),
    lambda told: told.charged(-5, "per_use"),
    lambda told: told.charged(10**12, **OTHER),  # type: ignore[arg-type]
    lambda told: told.queried(),
    lambda told: told.queried(told.row(), told.row("withdrawn")),
    lambda told: told.queried(told.row(provider_name="", service_name="{x}")),
    lambda told: told.later(hours=30),
    _trouble(Send(SERVICE.access_number, SERVICE.order_command, "order"), "timeout"),
    _trouble(OpenPage("http://sp.example/xw"), "garbage"),
    _trouble(ReadBill(), "outage"),
)


def case(steps: list[int], per_use: bool, british: bool) -> CaseEvidence:
    told = story(PER_USE if per_use else SERVICE, "uk-premium-2019" if british else "monternet-2006")
    for step in steps:
        told = STEPS[step](told)
    return told.evidence()


@settings(max_examples=200)
@given(st.lists(st.integers(0, len(STEPS) - 1), max_size=14), st.booleans(), st.booleans())
def test_no_rule_fails_on_any_case_and_all_say_the_same_again(steps: list[int], per_use: bool, british: bool) -> None:
    evidence, again = case(steps, per_use, british), case(steps, per_use, british)
    judgement = judge_case(evidence, ALL_RULES)
    backwards = judge_case(again, ALL_RULES[::-1])
    assert judgement.verdicts == backwards.verdicts, "rules do not depend on each other's order"
    assert sorted(map(repr, judgement.findings)) == sorted(map(repr, backwards.findings))
    for name, verdict in judgement.verdicts.items():
        if verdict == "inconclusive":
            assert not any("failed" in reason for reason in untested(evidence, RULES[name])), name
    for finding in judgement.findings:
        assert RULES[finding.rule].message["zh"].format_map(finding.facts)
        assert all(0 <= seq < len(evidence.records) for seq in finding.records)


def test_cases_judged_together_get_the_verdicts_they_get_alone() -> None:
    def dialled() -> list[CaseEvidence]:
        honest = subscription_story().reminded_first().to_next_first()
        cheated = subscription_story().charged(5000).read_bill()
        return [told.evidence() for told in (honest, cheated, story(PER_USE).used().charged(1), honest, cheated)]

    assert [judge_case(evidence, ALL_RULES) for evidence in dialled()] == judge_cases(dialled(), ALL_RULES)
    assert [] == judge_cases([], ALL_RULES)


def test_a_rule_that_fails_could_not_judge_and_stops_nothing() -> None:
    def fails(evidence: CaseEvidence) -> list[Breach]:
        raise KeyError("no such thing")

    broken = replace(CHARGE_OVER_TARIFF, name="third-party", check=fails)
    evidence = subscription_story().charged(5000).evidence()
    judgement = judge_case(evidence, [broken, CHARGE_OVER_TARIFF])
    assert {"third-party": "inconclusive", "charge-over-tariff": "finding"} == judgement.verdicts
    assert ("the rule third-party failed: KeyError: 'no such thing'",) == untested(evidence, broken)


def test_a_rule_that_does_not_apply_gives_no_verdict() -> None:
    evidence = story().read_bill().evidence()
    assert {} == judge_case(evidence, [CHARGE_OVER_TARIFF]).verdicts
    assert () == untested(evidence, CHARGE_OVER_TARIFF)


def test_every_trait_a_rule_goes_by_is_one_a_case_can_have() -> None:
    known = set(get_args(Trait))
    for rule in ALL_RULES:
        assert known.issuperset(rule.needs), rule.name
        assert HINDRANCES.keys() >= set(rule.hindered_by), rule.name
    assert known >= HINDRANCES.keys()


def test_every_trait_but_a_hindrance_is_needed_by_some_rule() -> None:
    needed = {trait for rule in ALL_RULES for trait in rule.needs}
    assert set(get_args(Trait)) == needed | HINDRANCES.keys()


def test_a_rule_that_is_hindered_could_not_judge_and_says_why() -> None:
    told = story().pressed("<p>订购成功</p>", "order")
    told._records.append(Intent("example", 2, 2, told.now, Send(SERVICE.access_number, "DZXW", "order")))
    evidence = told.saw_page("<p>头条新闻</p>").evidence()
    assert "inconclusive" == judge_case(evidence, ALL_RULES).verdicts["page-view-orders"]
    assert ("an order is in doubt",) == untested(evidence, RULES["page-view-orders"])
