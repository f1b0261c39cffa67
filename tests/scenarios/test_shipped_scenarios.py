"""The shipped scenarios: short, explained, citing clauses that exist, and each runs through on an honest carrier."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from dialtest.campaign.plan import PlannedCase, Wishes, make_plan
from dialtest.campaign.runner import Runner
from dialtest.campaign.virtual import VirtualDriver
from dialtest.evidence.record import AnyRecord, Closed, Intent, Opened, Outcome, Seen
from dialtest.evidence.store import open_journal
from dialtest.model.act import Query, ReadBill, Send
from dialtest.model.number import Number
from dialtest.model.observation import Bill
from dialtest.model.service import Service
from dialtest.policy.load import load_policy
from dialtest.policy.policy import Policy
from dialtest.script.cast import Cast
from dialtest.script.load import ScenarioFile, load_folder, shipped_folder
from dialtest.script.scenario import Scenario
from tests.dialtest.campaign.small_campaign import service

CLAUSES = {f"{letter}{number}" for letter, last in {"T": 9, "Q": 9, "D": 10, "R": 5, "H": 3}.items()
           for number in range(1, last + 1)}  # fmt: skip
FILES = load_folder(shipped_folder())
SCENARIOS = {scenario.name: scenario for file in FILES for scenario in file.scenarios}
MARKETS = ("monternet-2006", "uk-premium-2019")
SERVICES = tuple(service(place) for place in range(6))


@cache
def policy(name: str) -> Policy:
    return load_policy(name)


def plays_in(name: str) -> list[tuple[str, str]]:
    """The markets a scenario is for."""
    markets = SCENARIOS[name].markets
    return [(name, market) for market in MARKETS if not markets or policy(market).country in markets]


PLAYED = [pair for name in sorted(SCENARIOS) for pair in plays_in(name)]


def filed(market: str) -> tuple[Service, ...]:
    """Monthly and per-use services, with and without a page, as the market bills them."""
    if policy(market).country == "CN":
        return SERVICES
    return tuple(
        replace(filing, fee_unit="week" if filing.billing_type == "monthly" else "use", withdraw_command="STOP")
        for filing in SERVICES
    )


@dataclass(frozen=True)
class Dialled:
    """One dial: what was planned, and what was recorded."""

    planned: PlannedCase
    service: Service
    records: Sequence[AnyRecord]

    @property
    def closed(self) -> Closed:
        last = self.records[-1]
        assert isinstance(last, Closed)
        return last

    def acts(self, kind: type) -> list[Outcome]:
        """What came of the acts of one kind."""
        return [record for record in self.records if isinstance(record, Outcome) and isinstance(record.act, kind)]

    def charges(self) -> list[datetime]:
        """When the service was charged, as the last bill shows; the number may have dialled others before."""
        bills = [record.result for record in self.acts(ReadBill) if isinstance(record.result, Bill)]
        code = self.service.service_code
        return [charge.charged_at for charge in bills[-1].charges if charge.service_code == code]


@cache
def dialled(name: str, market: str) -> tuple[Dialled, ...]:
    """A dial of every fitting service, where plan and calendar put it."""
    scenario, rules = SCENARIOS[name], policy(market)
    services = {filing.key: filing for filing in filed(market) if scenario.fits(filing)}
    numbers = {f"139{place:08d}": Number(f"139{place:08d}", "mzone", control=scenario.control) for place in range(6)}
    plan = make_plan(services.values(), [scenario], numbers.values(), rules, Wishes(1, rules.starts, rules.ends), 5)
    records: dict[str, Sequence[AnyRecord]] = {}
    journal = open_journal("sqlite://")
    runner = Runner(Cast(rules, services, numbers, {name: scenario}, 5), journal,
                    judge=lambda closed: records.update({closed[0].case: tuple(closed)}))  # fmt: skip
    VirtualDriver(runner, (), rules.midnight(rules.starts), numbers).run(plan.cases)
    journal.close()
    return tuple(Dialled(planned, services[planned.service], records[planned.case]) for planned in plan.cases)


def started(name: str) -> set[str]:
    """Day and minute of every start."""
    return {f"{dial.planned.starts_at:%d %H:%M}" for dial in dialled(name, "monternet-2006")}


def steps(file: ScenarioFile) -> list[ast.AsyncFunctionDef]:
    """The coroutine functions of a file."""
    return [node for node in ast.parse(file.text).body if isinstance(node, ast.AsyncFunctionDef)]


# As files


@pytest.mark.parametrize("file", FILES, ids=lambda file: Path(file.path).name)
def test_a_shipped_file_is_short_and_opens_with_what_it_is_about(file: ScenarioFile) -> None:
    assert 15 <= len(file.text.splitlines()) <= 60
    assert ast.get_docstring(ast.parse(file.text))
    assert file.scenarios


@pytest.mark.parametrize("file", FILES, ids=lambda file: Path(file.path).name)
def test_a_shipped_file_imports_nothing_but_the_script_room(file: ScenarioFile) -> None:
    imports = [node for node in ast.walk(ast.parse(file.text)) if isinstance(node, ast.Import | ast.ImportFrom)]
    assert ["dialtest.script"] == [getattr(node, "module", "import") for node in imports]


@pytest.mark.parametrize("file", FILES, ids=lambda file: Path(file.path).name)
def test_every_function_of_a_shipped_file_says_in_a_sentence_what_it_does(file: ScenarioFile) -> None:
    said = [ast.get_docstring(function) or "" for function in steps(file)]
    assert said == [sentence for sentence in said if len(sentence.split()) >= 5 and sentence.endswith(".")]


@pytest.mark.parametrize("file", FILES, ids=lambda file: Path(file.path).name)
def test_no_shipped_scenario_judges_what_it_sees(file: ScenarioFile) -> None:
    judging = ast.If | ast.Assert | ast.Raise | ast.Compare
    assert [] == [ast.unparse(node) for node in ast.walk(ast.parse(file.text)) if isinstance(node, judging)]


def test_every_name_is_given_once_and_written_with_hyphens() -> None:
    names = Counter(scenario.name for file in FILES for scenario in file.scenarios)
    assert {1} == set(names.values())
    assert sorted(names) == sorted(name for name in names if name.replace("-", "").isalnum() and name == name.lower())


@pytest.mark.parametrize("scenario", SCENARIOS.values(), ids=lambda scenario: scenario.name)
def test_every_scenario_cites_clauses_that_exist(scenario: Scenario) -> None:
    assert scenario.clauses
    assert set() == set(scenario.clauses) - CLAUSES


def test_what_a_carrier_is_dialled_for_is_all_there() -> None:
    expected = {
        "keep-through-first-bill", "withdraw-in-free-period", "order-20th-last-minute", "order-21st-first-minute",
        "order-month-end", "per-use-order", "commands-must-not-order", "look-without-ordering", "withdraw-and-watch",
        "control-number",
    }  # fmt: skip
    assert expected <= set(SCENARIOS)


# As dials


@pytest.mark.parametrize(("name", "market"), PLAYED)
def test_a_scenario_runs_through_on_an_honest_carrier(name: str, market: str) -> None:
    assert dialled(name, market)
    assert {("completed", "")} == {(dial.closed.state, dial.closed.reason) for dial in dialled(name, market)}


@pytest.mark.parametrize(("name", "market"), PLAYED)
def test_a_case_ends_within_the_days_its_scenario_says_it_lasts(name: str, market: str) -> None:
    longest = max(dial.closed.at - dial.planned.starts_at for dial in dialled(name, market))
    assert longest <= timedelta(days=SCENARIOS[name].lasts_days)


@pytest.mark.parametrize(("name", "market"), PLAYED)
def test_a_case_looks_at_the_bill_and_at_the_subscriptions(name: str, market: str) -> None:
    for dial in dialled(name, market):
        assert dial.acts(ReadBill)
        assert dial.acts(Query)


@pytest.mark.parametrize(("name", "market"), PLAYED)
def test_a_scenario_orders_if_it_says_so_and_only_then(name: str, market: str) -> None:
    orders = {"order", "ask", "confirm", "use"}
    for dial in dialled(name, market):
        purposes = {getattr(record.act, "purpose", "") for record in dial.records if isinstance(record, Intent)}
        assert SCENARIOS[name].orders == bool(purposes & orders)


def test_a_control_number_does_nothing_that_binds() -> None:
    for market in MARKETS:
        for dial in dialled("control-number", market):
            assert [Opened] == [type(one) for one in dial.records if not isinstance(one, Outcome | Seen | Closed)]


def test_the_boundary_scenarios_begin_at_the_minutes_that_decide() -> None:
    assert {"20 23:59"} == started("order-20th-last-minute")
    assert {"21 00:00"} == started("order-21st-first-minute")
    for dial in dialled("order-month-end", "monternet-2006"):
        at = dial.planned.starts_at
        assert policy("monternet-2006").next_first(at) == at + timedelta(minutes=1)


def test_an_order_at_the_boundary_goes_out_in_the_very_minute_the_case_begins() -> None:
    for name in ("order-20th-last-minute", "order-21st-first-minute", "order-month-end"):
        for dial in dialled(name, "monternet-2006"):
            first = next(record for record in dial.records if isinstance(record, Intent))
            assert dial.planned.starts_at == first.at


@pytest.mark.parametrize(
    ("name", "months"),
    [("order-20th-last-minute", 1), ("order-21st-first-minute", 2), ("order-month-end", 2)],
)
def test_on_an_honest_carrier_the_minute_of_the_order_decides_the_first_charge(name: str, months: int) -> None:
    for dial in dialled(name, "monternet-2006"):
        first = policy("monternet-2006").next_first(dial.planned.starts_at, months)
        assert [first] == dial.charges()


def test_whoever_withdraws_while_it_is_free_pays_nothing() -> None:
    assert {()} == {tuple(dial.charges()) for dial in dialled("withdraw-in-free-period", "monternet-2006")}


def test_whoever_withdraws_an_hour_before_the_cut_pays_nothing() -> None:
    for dial in dialled("withdraw-before-the-cut", "monternet-2006"):
        asked_at = dial.acts(Send)[-1].at
        assert (23, policy("monternet-2006").next_first(asked_at) - timedelta(hours=1)) == (asked_at.hour, asked_at)
        assert [] == dial.charges()


def test_a_reorder_is_charged_on_the_next_first() -> None:
    for dial in dialled("order-again", "monternet-2006"):
        assert [policy("monternet-2006").next_first(dial.planned.starts_at)] == dial.charges()


def test_two_uses_cost_two_charges() -> None:
    assert {2} == {len(dial.charges()) for dial in dialled("per-use-order", "monternet-2006")}


@pytest.mark.parametrize("name", ["order-without-second-yes", "answer-no-to-the-prompt"])
def test_without_the_second_yes_nothing_is_confirmed_and_nothing_charged(name: str) -> None:
    for dial in dialled(name, "uk-premium-2019"):
        sent = [record.act.text for record in dial.acts(Send) if isinstance(record.act, Send)]
        assert "YES" not in sent
        assert [] == dial.charges()
