"""Every verb that has a picture draws one that is not empty, in both languages, with a glyph for every letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import numpy as np
import pytest
from matplotlib import image
from matplotlib.figure import Figure

from dialtest.drawing.canvas import write_png
from dialtest.errors import DialtestError
from dialtest.language import LANGUAGES, Language, speaking
from load.arrivals.forecast import forecast
from load.charts.axes import time_axis
from load.charts.forecast_chart import write_forecast_chart
from load.charts.simulation_chart import write_simulation_chart
from load.charts.staffing_chart import write_staffing_chart
from load.charts.timetable_chart import write_timetable_chart
from load.charts.verification_chart import write_verification_chart
from load.simulation.replication import replicate
from load.simulation.simulate import simulate
from load.staffing.needs import needs_of
from load.staffing.staffing import staffing
from load.timetable.desks import Wishes
from load.timetable.timetable import propose
from load.verify.theory import theory_of
from load.verify.verified import Verified, rows
from tests.load.plan_builder import surge_plan

PLAN = surge_plan(agents=20, more="[emergency]")


def draw_forecast(path: Path) -> None:
    write_forecast_chart(forecast(PLAN), path)


def draw_simulation(path: Path) -> None:
    write_simulation_chart(PLAN, simulate(PLAN, 3, 1), path)


def draw_staffing(path: Path) -> None:
    write_staffing_chart(staffing(PLAN, 0, 1), path)


def draw_timetable(path: Path) -> None:
    write_timetable_chart(propose(PLAN, needs_of(PLAN), Wishes(every=True), 0, 1), path)


def draw_verification(path: Path) -> None:
    plan = surge_plan(agents=20)
    simulated = simulate(plan, 3, 1)
    made = tuple(rows(dict(theory_of(plan)), simulated, replicate(plan, 1, 0).tallies, None))
    write_verification_chart(Verified(made, "", simulated, None), path)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("draw", [draw_forecast, draw_simulation, draw_staffing, draw_timetable, draw_verification])
def test_the_picture_shows_something(tmp_path: Path, draw: Callable[[Path], None], language: Language) -> None:
    path = tmp_path / "chart.png"
    with speaking(language):
        draw(path)
    pixels = image.imread(path)[:, :, :3]
    assert pixels.shape[1] > 1000
    assert 0.005 < np.mean(pixels.min(axis=2) < 0.9) < 0.7


def test_a_place_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    with pytest.raises(DialtestError, match=r"chart\.png"):
        write_png([lambda axes: None], tmp_path / "nowhere" / "chart.png", 50, 50)


@pytest.mark.parametrize(
    ("quarters", "first_label"), [(40, "10:00"), (140, "08-21 10:00"), (1000, "08-22")], ids=["hours", "days", "weeks"]
)
def test_long_times_name_the_day_and_very_long_ones_nothing_else(quarters: int, first_label: str) -> None:
    axes = Figure().add_subplot()
    time_axis(axes, [PLAN.begins + timedelta(minutes=15 * place) for place in range(quarters)])
    assert first_label == axes.get_xticklabels()[0].get_text()
    assert len(axes.get_xticks()) <= 12
