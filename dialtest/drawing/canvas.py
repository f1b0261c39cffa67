"""Turns what is drawn on axes into an SVG that reports carry, or a PNG file: the same looks, the same bytes."""

from __future__ import annotations

import warnings
from base64 import b64encode
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import matplotlib as mpl
from matplotlib import font_manager
from matplotlib.axes import Axes
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_svg import FigureCanvasSVG
from matplotlib.figure import Figure

from dialtest.drawing.font import FAMILY, font_path
from dialtest.errors import DialtestError
from dialtest.language import _

INK, PALE, ACCENT, SECOND, ALARM = "#222222", "#C9D3DC", "#1F4E79", "#E39B1F", "#8C1C13"
"""Apart in lightness as well as in hue, so that nobody needs to tell colours."""
MM = 1 / 25.4
PNG_DPI = 150
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

Draw = Callable[[Axes], None]


def drawn(draw: Draw, width_mm: float, height_mm: float) -> str:
    """The figure `draw` makes on an empty pair of axes, as a `data:` address of an SVG.

    A character without a glyph raises UserWarning as an error: an empty box must never reach a report.
    """
    return drawn_below([draw], width_mm, height_mm)


def drawn_below(draws: Sequence[Draw], width_mm: float, height_mm: float) -> str:
    """The same of several pairs of axes, one below the other, that share their x axis."""
    written = BytesIO()
    with _figure(draws, width_mm, height_mm, True) as figure:
        FigureCanvasSVG(figure)
        figure.savefig(written, format="svg", metadata={"Date": None, "Creator": None}, transparent=True)
    return "data:image/svg+xml;base64," + b64encode(written.getvalue()).decode()


def write_png(
    draws: Sequence[Draw], path: Path, width_mm: float, height_mm: float, heights: Sequence[float] | None = None
) -> None:
    """Draw pairs of axes, one below the other, each with an x axis of its own, into a PNG file.

    heights: of the pairs of axes in proportion; none: all the same. Raises DialtestError where the file cannot be
    written.
    """
    with _figure(draws, width_mm, height_mm, False, heights) as figure:
        FigureCanvasAgg(figure)
        try:
            figure.savefig(path, format="png", dpi=PNG_DPI, metadata={"Software": None})
        except OSError as error:
            raise DialtestError(
                _("{path} cannot be written: {reason}.").format(path=path, reason=error.strerror or error),
                _("Name another file."),
            ) from None


@contextmanager
def _figure(
    draws: Sequence[Draw], width_mm: float, height_mm: float, shared_x: bool, heights: Sequence[float] | None = None
) -> Iterator[Figure]:
    """A figure with everything drawn, to be saved inside the block: looks and glyphs are settled as it is saved."""
    _register_font()
    with warnings.catch_warnings(), mpl.rc_context(STYLE):
        warnings.filterwarnings("error", message=".*[Gg]lyph")
        figure = Figure(figsize=(width_mm * MM, height_mm * MM), layout="constrained")
        panels = figure.subplots(len(draws), 1, sharex=shared_x, squeeze=False, height_ratios=heights)
        for draw, axes in zip(draws, panels[:, 0], strict=True):
            draw(axes)
        yield figure


@cache
def _register_font() -> None:
    font_manager.fontManager.addfont(str(font_path()))
