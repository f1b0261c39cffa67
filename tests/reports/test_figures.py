"""Figures: drawn in the report's font, or not at all."""

from __future__ import annotations

import base64

import pytest
from matplotlib.axes import Axes

from dialtest.drawing.canvas import drawn
from dialtest.language import speaking
from reports.coverage import Row
from reports.figures.coverage_bar import coverage_bar
from reports.figures.league_intervals import league_intervals
from reports.league import Standing
from reports.matter import Rate


def svg(address: str) -> str:
    return base64.b64decode(address.removeprefix("data:image/svg+xml;base64,")).decode()


def standing(name: str, found: int = 1) -> Standing:
    return Standing("900001", name, 1, {"critical": found}, 0, Rate(found, 10))


def test_a_label_without_a_glyph_is_an_error_and_never_an_empty_box() -> None:
    def draw(axes: Axes) -> None:
        axes.set_xlabel("中奖😀")

    with pytest.raises(UserWarning, match=r"[Gg]lyph"):
        drawn(draw, 50, 30)


def test_texts_are_outlines_so_that_no_reader_needs_the_font() -> None:
    with speaking("zh"):
        picture = svg(coverage_bar([Row("sms", 3, 4, 9, 1, 8, 1, 0)]))
    assert "<text" not in picture
    assert "<path" in picture


def test_the_same_data_gives_the_same_bytes() -> None:
    assert league_intervals([standing("新浪")]) == league_intervals([standing("新浪")])


@pytest.mark.parametrize("name", ["$\\frac{1}{0}$", "a\u202eb", "中奖😀", "<script>", "_x^2", "x" * 500])
def test_any_provider_name_can_be_drawn(name: str) -> None:
    assert svg(league_intervals([standing(name)])).startswith("<?xml")


def test_nobody_with_a_finding_means_no_figure() -> None:
    assert "" == league_intervals([standing("新浪", 0)])
