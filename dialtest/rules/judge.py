"""Judges cases by every rule: findings, and per rule a verdict of finding, clean or inconclusive."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from dialtest.model.finding import Finding, Verdict
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.rule import Breach, Rule, Untested
from dialtest.rules.traits import HINDRANCES, Traits, traits_of
from dialtest.rules.wrong_charge import REFUND_DUE_FEN, due_for


@dataclass(frozen=True, slots=True)
class Judgement:
    """What judging one case gave. `verdicts` has one entry for every rule that applies."""

    case: str
    findings: tuple[Finding, ...]
    verdicts: dict[str, Verdict]


def judge_case(evidence: CaseEvidence, rules: Sequence[Rule]) -> Judgement:
    """Judge by all `rules`; a rule's breaches of one service in one case are one finding, with all their records."""
    return judge_cases((evidence,), rules)[0]


def judge_cases(evidences: Sequence[CaseEvidence], rules: Sequence[Rule]) -> list[Judgement]:
    """Judge each case on its own, as `judge_case` does, a rule at a time over all cases of a kind.

    A rule that has just judged one case judges the next in half the time, since its code is still at hand.
    """
    found: list[list[Finding]] = [[] for _ in evidences]
    verdicts: list[dict[str, Verdict]] = [{} for _ in evidences]
    of_a_kind: dict[Traits, list[int]] = {}
    for place, evidence in enumerate(evidences):
        of_a_kind.setdefault(traits_of(evidence), []).append(place)
    for traits, places in of_a_kind.items():
        alike, fit = [evidences[place] for place in places], fitting(tuple(rules), traits)
        for place in places:
            verdicts[place] = dict.fromkeys([rule.name for rule, _ in fit], "clean")
        for rule, hindrance in fit:
            for place, outcomes in zip(places, _outcomes(rule, hindrance, alike), strict=True):
                if outcomes is None:
                    del verdicts[place][rule.name]
                elif outcomes:
                    breaches = [outcome for outcome in outcomes if isinstance(outcome, Breach)]
                    found[place] += _findings(evidences[place], rule, breaches)
                    verdicts[place][rule.name] = "finding" if breaches else "inconclusive"
    return [
        Judgement(evidence.opened.case, tuple(findings), verdict)
        for evidence, findings, verdict in zip(evidences, found, verdicts, strict=True)
    ]


@lru_cache(maxsize=1024)
def fitting(rules: tuple[Rule, ...], traits: Traits) -> tuple[tuple[Rule, str], ...]:
    """Those of `rules` that cases with these traits can show, each with what hinders it there; mostly nothing does.

    Cases of one kind have the same traits, so this is worked out a few times in a campaign.
    """
    return tuple(
        (rule, next((HINDRANCES[trait] for trait in rule.hindered_by if trait in traits), ""))
        for rule in rules
        if traits.issuperset(rule.needs)
    )


def untested(evidence: CaseEvidence, rule: Rule) -> tuple[str, ...]:
    """Why a rule could not judge this case; empty where it could, or does not apply."""
    return tuple(
        outcome.reason
        for fit, hindrance in fitting((rule,), traits_of(evidence))
        for outcome in next(_outcomes(fit, hindrance, (evidence,))) or ()
        if isinstance(outcome, Untested)
    )


def breaches_of(evidence: CaseEvidence, rule: Rule) -> tuple[Breach, ...]:
    """What one rule finds in a case; nothing where it does not apply or cannot judge."""
    return tuple(
        outcome
        for fit, hindrance in fitting((rule,), traits_of(evidence))
        for outcome in next(_outcomes(fit, hindrance, (evidence,))) or ()
        if isinstance(outcome, Breach)
    )


def _outcomes(
    rule: Rule, hindrance: str, evidences: Iterable[CaseEvidence]
) -> Iterator[list[Breach | Untested] | None]:
    """What one rule says of each case; None where it does not apply. One that fails could not judge, and says why."""
    applies, check = rule.applies, rule.check
    for evidence in evidences:
        try:
            if applies is not None and not applies(evidence):
                yield None
            else:
                yield [Untested(hindrance)] if hindrance else list(check(evidence))
        except Exception as error:  # noqa: BLE001 - a rule of a third party must not end a campaign
            yield [Untested(f"the rule {rule.name} failed: {type(error).__name__}: {error}"[:300])]


def _findings(evidence: CaseEvidence, rule: Rule, breaches: Sequence[Breach]) -> list[Finding]:
    service = evidence.service
    own = (service.provider_code, service.service_code)
    by_service: dict[tuple[str, str], list[Breach]] = {}
    for breach in breaches:
        by_service.setdefault(breach.service or own, []).append(breach)
    return [_finding(evidence, rule, key, found) for key, found in sorted(by_service.items())]


def _finding(evidence: CaseEvidence, rule: Rule, service: tuple[str, str], breaches: Sequence[Breach]) -> Finding:
    first = min(breaches, key=lambda breach: breach.at)
    wrong = [charge for breach in breaches for charge in breach.wrong]
    owed = {REFUND_DUE_FEN: str(due_for(wrong, evidence.policy).total_fen)} if wrong else {}
    return Finding(
        provider_code=service[0],
        service_code=service[1],
        rule=rule.name,
        rule_version=rule.version,
        case=evidence.opened.case,
        severity=rule.severity,
        breach=rule.breach,
        due_at=first.at,
        facts={**first.facts, **owed},
        records=tuple(sorted({seq for breach in breaches for seq in breach.records})),
    )
