"""Patience as a picture: Kaplan and Meier's curve with its 95 % band, and the laws that were fitted to it."""

from __future__ import annotations

from functools import partial
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes

from dialtest.drawing.canvas import ACCENT, INK, PALE, SECOND, write_png
from dialtest.errors import DialtestError
from dialtest.language import _
from load.calibration.law_words import law_words
from load.calibration.patience import Patience

LOOKS = ((ACCENT, "-"), (SECOND, "--"), ("#5B8C5A", ":"))
WIDTH_MM, HEIGHT_MM = 180, 100


def write_chart(patience: Patience, path: Path) -> None:
    """Draw it as PNG; raises DialtestError where there is nothing to draw, or the file cannot be written."""
    if patience.survival is None:
        raise DialtestError(
            _("Nobody who queued gave up: there is no curve to draw."), _("Leave --chart out, or give more records.")
        )
    write_png([partial(_draw, patience=patience)], path, WIDTH_MM, HEIGHT_MM)


def _draw(axes: Axes, patience: Patience) -> None:
    survival = patience.survival
    assert survival is not None  # noqa: S101 - asked above
    t_s = np.concatenate(([0.0], survival.t_s))
    low, high = np.concatenate(([1.0], survival.low)), np.concatenate(([1.0], survival.high))
    axes.fill_between(t_s, 100 * low, 100 * high, step="post", color=PALE, linewidth=0, label=_("95 % interval"))
    still = 100 * np.concatenate(([1.0], survival.still))
    axes.step(t_s, still, where="post", color=INK, linewidth=1.2, label=_("observed (Kaplan–Meier)"))
    smooth_s = np.linspace(0, t_s[-1], 400)
    for fit, (colour, dashes) in zip(patience.fits, LOOKS, strict=False):
        beyond = 100 * (1 - fit.law.share_by(smooth_s))
        axes.plot(smooth_s, beyond, dashes, color=colour, linewidth=1.2, label=law_words(fit.law))
    axes.set(xlim=(0, t_s[-1]), ylim=(0, 100), xlabel=_("seconds in the queue"), ylabel=_("% still willing to wait"))
    axes.legend()
