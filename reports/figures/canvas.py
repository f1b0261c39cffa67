"""How every figure looks and becomes an SVG: the font, colours that survive black and white print, fixed ids."""

from __future__ import annotations

import warnings
from base64 import b64encode
from collections.abc import Callable, Sequence
from functools import cache
from io import BytesIO
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from dialtest.model.finding import BreachClass
from reports.font import FAMILY, font_path

INK, PALE, ACCENT = "#222222", "#C9D3DC", "#1F4E79"
BREACH_LOOKS: dict[BreachClass, tuple[str, str]] = {
    "price_fraud": ("#1F4E79", ""),
    "misleading_ads": ("#E39B1F", "////"),
    "forced_subscription": ("#DDE4EA", "...."),
    "carrier_duty": ("#5B8C5A", "\\\\\\\\"),
}
"""Fill and hatch: apart in lightness as well as in hue, so that nobody needs to tell colours."""

MM = 1 / 25.4
STYLE: Any = {
    "font.family": FAMILY,
    "font.size": 8,
    "axes.unicode_minus": False,
    "axes.edgecolor": INK,
    "axes.linewidth": 0.5,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.grid": False,
    "hatch.linewidth": 0.6,
    "legend.frameon": False,
    "legend.fontsize": 8,
    "svg.fonttype": "path",
    "svg.hashsalt": "dialtest",
    "text.color": INK,
    "text.parse_math": False,
    "xtick.major.width": 0.5,
    "ytick.major.width": 0.5,
}


def drawn(draw: Callable[[Axes], None], width_mm: float, height_mm: float) -> str:
    """The figure `draw` makes on an empty pair of axes, as a `data:` address of an SVG.

    A character without a glyph raises UserWarning as an error: an empty box must never reach a report.
    """
    return drawn_below([draw], width_mm, height_mm)


def drawn_below(draws: Sequence[Callable[[Axes], None]], width_mm: float, height_mm: float) -> str:
    """The same of several pairs of axes, one below the other, that share their x axis."""
    _register_font()
    written = BytesIO()
    with warnings.catch_warnings(), mpl.rc_context(STYLE):
        warnings.filterwarnings("error", message=".*[Gg]lyph")
        figure = Figure(figsize=(width_mm * MM, height_mm * MM), layout="constrained")
        FigureCanvasSVG(figure)
        panels = figure.subplots(len(draws), 1, sharex=True, squeeze=False)
        for draw, axes in zip(draws, panels[:, 0], strict=True):
            draw(axes)
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    return "data:image/svg+xml;base64," + b64encode(written.getvalue()).decode()


@cache
def _register_font() -> None:
    font_manager.fontManager.addfont(str(font_path()))
