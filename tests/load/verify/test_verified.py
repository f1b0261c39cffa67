"""Three answers to one plan agree where they are answers to one plan, and are seen to differ where they are not."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import msgspec
import pytest

from dialtest.language import speaking
from load.measured import Measured, Spread
from load.plan.surge_plan import SurgePlan
from load.simulation.replication import replicate
from load.simulation.simulate import simulate
from load.tally import Tally
from load.verify.theory import out_of_reach, theory_of
from load.verify.verified import Row, Verified, rows
from tests.load.measured_builder import measured_run
from tests.load.plan_builder import surge_plan

SEED, REPLICATIONS = 5, 40


def verified(theory_of_plan: SurgePlan, plan: SurgePlan, run: Measured | None = None) -> Verified:
    simulated = simulate(plan, REPLICATIONS, SEED)
    same_calls = replicate(plan, SEED, 0).tallies
    made = tuple(rows(dict(theory_of(theory_of_plan)), simulated, same_calls, run))
    return Verified(made, out_of_reach(plan), simulated, run)


def loaded(plan: SurgePlan, **changes: int) -> Measured:
    """A run in which the callers fared as in the simulation of the same calls, but for `changes`."""
    tally = replace(replicate(plan, SEED, 0).tallies[0])
    run = measured_run(plan, plan.begins, tally.answered, tally.attempts, ends=plan.begins + timedelta(hours=1))
    told = replace(tally, **{name: getattr(tally, name) + more for name, more in changes.items()})
    brands = (msgspec.structs.replace(run.brands[0], tally=told),)
    return msgspec.structs.replace(run, brands=brands, reply=Spread(count=1))


def row(found: Verified, figure: str) -> Row:
    return next(one for one in found.rows if one.figure == figure)


def test_theory_and_simulation_of_one_plan_agree() -> None:
    found = verified(surge_plan(), surge_plan())
    assert [True, None, True, True] == [one.theory_agrees for one in found.rows]
    assert found.agrees


def test_theory_of_one_agent_more_does_not_agree_with_the_simulation() -> None:
    found = verified(surge_plan(agents=13), surge_plan(agents=12))
    assert row(found, "connection_rate_by_attempts").theory_agrees is False
    assert not found.agrees


def test_shifts_within_the_surge_are_followed_by_both() -> None:
    shifts = '[{ from = "00:00", until = "10:30", agents = 10 }, { from = "10:30", until = "24:00", agents = 20 }]'
    assert verified(surge_plan(agents=shifts), surge_plan(agents=shifts)).agrees


def test_load_in_which_callers_fared_as_simulated_agrees() -> None:
    plan = surge_plan()
    found = verified(plan, plan, loaded(plan))
    assert [True] * 4 == [one.load_agrees for one in found.rows]
    assert found.agrees


def test_load_with_two_in_a_hundred_callers_fewer_answered_does_not_agree() -> None:
    plan = surge_plan()
    lost = round(0.02 * replicate(plan, SEED, 0).tallies[0].attempts) + 1
    found = verified(plan, plan, loaded(plan, answered=-lost, callers_answered=-lost, abandoned=lost))
    assert row(found, "connection_rate_by_attempts").load_agrees is False
    assert not found.agrees


def test_a_load_that_was_not_put_on_proves_nothing() -> None:
    plan = surge_plan()
    late = msgspec.structs.replace(loaded(plan), late=100)
    assert not verified(plan, plan, late).agrees


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"call": 'redial = { share = 0.5, delay = { law = "constant", mean_s = 60 } }'}, "redial"),
        ({"call": 'menu = { law = "constant", mean_s = 30 }'}, "menu"),
        ({"more": "[emergency]"}, "emergency"),
        ({"more": "[lines]\nlines = 20"}, "lines"),
        ({"more": '[[pool]]\nbrands = ["mzone"]\nagents = 3'}, "pool"),
    ],
)
def test_where_theory_has_no_answer_it_gives_none_and_says_why(changed: dict[str, str], reason: str) -> None:
    plan = surge_plan(**changed)  # type: ignore[arg-type]
    assert {} == theory_of(plan)
    with speaking("en"):
        assert reason in out_of_reach(plan)


def test_the_table_is_told_as_json_whole() -> None:
    plan = surge_plan(size=100)
    told = verified(plan, plan, loaded(plan)).as_object()
    assert {"brand", "figure", "theory", "simulated", "measured", "same_calls"} <= set(told["rows"][0])  # type: ignore[index]
    assert told["load"]["reached"]  # type: ignore[index]


def test_a_tally_adds_up_brand_by_brand() -> None:
    assert Tally(callers=3, attempts=5) == Tally(callers=1, attempts=2) + Tally(callers=2, attempts=3)
