"""What the decorator makes of a function, and which mistakes it tells at once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import time
from typing import Any

import pytest

from dialtest.script import Dial, Scenario, advertised, any_service, monthly, per_use, scenario, start_on
from dialtest.script.scenario import StartDay
from tests.dialtest.sandbox.box import NEWS, TONES, WEATHER


def made(**changes: Any) -> Scenario:
    """A scenario with a two-line docstring."""

    @scenario("look", **{"fits": any_service, "clauses": ("T1",), **changes})
    async def look(dial: Dial) -> None:
        """Look at the page,
        and touch nothing.
        """

    return look


def test_a_scenario_carries_its_name_its_clauses_and_its_docstring_in_one_line() -> None:
    assert ("look", ("T1",), "Look at the page, and touch nothing.") == (made().name, made().clauses, made().doc)


def test_what_is_left_out_is_the_careful_choice() -> None:
    look = made()
    assert (1, 90, True, False, None, ()) == (
        look.version, look.lasts_days, look.orders, look.control, look.start, look.markets,
    )  # fmt: skip


def test_a_scenario_knows_the_file_it_came_from() -> None:
    look = made()
    assert replace(look, source="abc") == look.with_source("abc")


def test_a_start_is_a_day_of_every_month_and_a_minute() -> None:
    assert StartDay(20, time(23, 59)) == start_on(20, "23:59")
    assert StartDay(-1, time(0, 0)) == start_on(-1, "00:00")


@pytest.mark.parametrize(
    "mistake",
    [
        lambda: start_on(31, "12:00"),
        lambda: start_on(0, "12:00"),
        lambda: start_on(20, "25:00"),
        lambda: made(version=0),
        lambda: made(lasts_days=0),
    ],
)
def test_a_value_that_no_campaign_could_keep_is_refused(mistake: Callable[[], object]) -> None:
    with pytest.raises(ValueError, match=r"day|hour|version"):
        mistake()


def test_a_clause_without_its_comma_is_told_with_the_way_to_write_it() -> None:
    with pytest.raises(TypeError, match='write it with brackets and a comma: \\("T1",\\)'):
        made(clauses="T1")


def test_what_fits_what() -> None:
    services = (NEWS, TONES, WEATHER)
    assert [True, True, False] == [monthly(service) for service in services]
    assert [False, False, True] == [per_use(service) for service in services]
    assert [True, True, False] == [advertised(service) for service in services]
    assert [True, True, True] == [any_service(service) for service in services]
