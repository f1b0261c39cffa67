"""Patience as a picture: Kaplan and Meier's curve with its 95 % band, and the laws that were fitted to it."""

from __future__ import annotations

import warnings
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import matplotlib as mpl
import numpy as np
from matplotlib import font_manager
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.figure import Figure

from dialtest.errors import DialtestError
from dialtest.language import _
from load.calibration.law_words import law_words
from load.calibration.patience import Patience

LOOKS = (("#1F4E79", "-"), ("#E39B1F", "--"), ("#5B8C5A", ":"))
INK, BAND = "#222222", "#C9D3DC"
STYLE: Any = {"axes.spines.top": False, "axes.spines.right": False, "axes.unicode_minus": False, "font.size": 9,
              "legend.frameon": False, "text.parse_math": False}  # fmt: skip


def write_chart(patience: Patience, path: Path) -> None:
    """Draw it as PNG; raises DialtestError where there is nothing to draw, or the file cannot be written."""
    survival = patience.survival
    if survival is None:
        raise DialtestError(
            _("Nobody who queued gave up: there is no curve to draw."), _("Leave --chart out, or give more records.")
        )
    with mpl.rc_context({**STYLE, **_font()}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", message=".*[Gg]lyph")
        figure = Figure(figsize=(7, 4), dpi=150, layout="constrained")
        FigureCanvasAgg(figure)
        axes = figure.add_subplot()
        t_s = np.concatenate(([0.0], survival.t_s))
        low, high = np.concatenate(([1.0], survival.low)), np.concatenate(([1.0], survival.high))
        axes.fill_between(t_s, 100 * low, 100 * high, step="post", color=BAND, linewidth=0, label=_("95 % interval"))
        still = 100 * np.concatenate(([1.0], survival.still))
        axes.step(t_s, still, where="post", color=INK, linewidth=1.2, label=_("observed (Kaplan–Meier)"))
        smooth_s = np.linspace(0, t_s[-1], 400)
        for fit, (colour, dashes) in zip(patience.fits, LOOKS, strict=False):
            beyond = 100 * (1 - fit.law.share_by(smooth_s))
            axes.plot(smooth_s, beyond, dashes, color=colour, linewidth=1.2, label=law_words(fit.law))
        axes.set(
            xlim=(0, t_s[-1]), ylim=(0, 100), xlabel=_("seconds in the queue"), ylabel=_("% still willing to wait")
        )
        axes.legend()
        _save(figure, path)


def _save(figure: Figure, path: Path) -> None:
    try:
        figure.savefig(path, format="png", metadata={"Software": None})
    except OSError as error:
        raise DialtestError(
            _("{path} cannot be written: {reason}.").format(path=path, reason=error.strerror), _("Name another file.")
        ) from None


def _font() -> Any:
    """Noto Sans SC, which the package zhplot carries; Chinese needs it."""
    spec = find_spec("zhplot")
    for place in (spec.submodule_search_locations or ()) if spec else ():
        for font in Path(place, "fonts").glob("NotoSansSC-Regular.ttf"):
            font_manager.fontManager.addfont(str(font))
            return {"font.family": "Noto Sans SC"}
    return {}
