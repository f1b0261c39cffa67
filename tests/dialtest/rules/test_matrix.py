"""Every planted fault against every rule: what must catch it does, what fires beside it is a true consequence."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from dialtest.campaign.companion import companion_of
from dialtest.rules.registry import ALL_RULES
from dialtest.sandbox.faults import ALL_FAULTS
from tests.dialtest.rules.small_world import dial, filed, fitting, planted, policy_of, scenarios

BREACHES = {"price_fraud", "misleading_ads", "forced_subscription"}


def _market(name: str) -> str:
    markets = ALL_FAULTS[name].markets
    return "uk-premium-2019" if markets == ("GB",) else "monternet-2006"


def _begins(name: str) -> datetime | None:
    day = ALL_FAULTS[name].breach_from
    return policy_of(_market(name)).midnight(day) if day else None


@pytest.mark.parametrize("name", ALL_FAULTS)
def test_every_dial_of_its_scenario_finds_a_fault_that_strikes_every_time(name: str) -> None:
    fault, market = ALL_FAULTS[name], _market(name)
    services = [one for one in filed(market) if fault.fits(one)]
    dialled = dial(services, [fault.scenario], [planted(name, services)], policy=market, begins=_begins(name))
    assert dialled
    for one in dialled:
        found = {
            (finding.provider_code, finding.service_code) for finding in one.findings if finding.rule == fault.rule
        }
        service = one.evidence.service
        assert (service.provider_code, service.service_code) in found, one.evidence.opened


@pytest.mark.parametrize("name", ALL_FAULTS)
def test_no_rule_fires_on_a_fault_but_its_own_and_those_of_its_consequences(name: str) -> None:
    fault, market = ALL_FAULTS[name], _market(name)
    services = [one for one in filed(market) if fault.fits(one) and one.provider_code == "900001"]
    dialled = dial(services, faults=[planted(name, services)], policy=market, begins=_begins(name))
    fired = {finding.rule for one in dialled for finding in one.findings}
    assert {fault.rule, *fault.also} == fired


@pytest.mark.parametrize("market", ["monternet-2006", "uk-premium-2019"])
def test_the_honest_carrier_gives_no_finding_whatever_the_seed_and_the_day(market: str) -> None:
    policy = policy_of(market)
    begins = policy.midnight(policy.starts)
    found = [
        (finding.rule, finding.facts, one.evidence.opened)
        for seed in range(24)
        for one in dial(filed(market), policy=market, seed=seed, begins=begins + timedelta(days=7 * seed % 150))
        for finding in one.findings
    ]
    assert [] == found


def test_the_honest_carrier_gives_no_finding_round_the_hour_the_old_port_closes() -> None:
    policy = policy_of("monternet-2006")
    begins = datetime(2006, 9, 30, 23, 0, tzinfo=policy.zone)
    names = ["keep-through-first-bill", "withdraw-in-free-period", "withdraw-and-watch"]
    found = [
        finding
        for seed in range(6)
        for one in dial(filed(), names, begins=begins, seed=seed, dials=3, apart=timedelta(seconds=97))
        for finding in one.findings
    ]
    assert [] == found


@pytest.mark.parametrize("name", [name for name, fault in ALL_FAULTS.items() if fault.breach_from])
def test_what_was_allowed_until_a_date_is_no_finding_before_it(name: str) -> None:
    services = filed()
    begins = policy_of("monternet-2006").midnight(date(2006, 6, 5))
    fired = [f for one in dial(services, faults=[planted(name, services)], begins=begins, apart=timedelta(minutes=9))
             for f in one.findings if f.due_at.date() < ALL_FAULTS[name].breach_from]  # fmt: skip
    assert [] == fired


def test_every_fault_names_a_rule_of_its_own_breach_and_a_shipped_scenario() -> None:
    rules = {rule.name: rule for rule in ALL_RULES}
    for name, fault in ALL_FAULTS.items():
        assert fault.breach == rules[fault.rule].breach, name
        assert fault.scenario in scenarios(), name
        assert fault.also <= rules.keys() - {fault.rule}, name
        assert bool(fault.also) == bool(fault.also_because), name
        services = [one for one in filed(_market(name)) if fault.fits(one)]
        fits = [scenario.name for scenario in fitting(services[0], policy_of(_market(name)))]
        assert fault.scenario in fits, name


def test_every_rule_is_shown_by_some_fault() -> None:
    shown = {name for fault in ALL_FAULTS.values() for name in (fault.rule, *fault.also)}
    assert {rule.name for rule in ALL_RULES} == shown


def test_there_are_at_least_twenty_rules_and_six_faults_of_each_breach() -> None:
    assert len(ALL_RULES) >= 20
    for breach in BREACHES:
        assert sum(fault.breach == breach for fault in ALL_FAULTS.values()) >= 6


@pytest.mark.parametrize("name", [name for name in ALL_FAULTS if _market(name) == "monternet-2006"])
def test_what_a_companion_does_is_not_held_against_the_service_dialled(name: str) -> None:
    beside = [one.name for one in scenarios().values() if one.companion]
    by_provider = {one.key: one for one in filed() if one.provider_code == "900001"}
    for service in by_provider.values():
        companion = by_provider[companion_of(scenarios()[beside[0]], service, by_provider.values())]
        companions = [companion] if ALL_FAULTS[name].fits(companion) else []
        for one in dial([service], beside, [planted(name, companions)], begins=_begins(name)) if companions else ():
            told = [finding for finding in one.findings if finding.service_code == service.service_code]
            assert [] == told, (one.evidence.opened.companion, told)
