"""Theory, simulation and load of one plan as a picture: the same rates three times, one below the other."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from matplotlib.axes import Axes

from dialtest.drawing.canvas import Draw, write_png
from dialtest.language import _
from dialtest.model.brand import brand_name
from load.charts.axes import RateShown, rates
from load.verify.verified import Row, Verified

WIDTH_MM, ROW_MM = 190, 7


def write_verification_chart(found: Verified, path: Path) -> None:
    """One panel a brand with its connection rate by attempts from each of the three; a PNG file.

    Raises DialtestError where the file cannot be written.
    """
    rows = [row for row in found.rows if row.figure == "connection_rate_by_attempts"]
    standards = {brand.brand: brand.standard for brand in found.simulated.brands}
    draws: list[Draw] = [partial(_brand, row=row, standard=standards[row.brand]) for row in rows]
    write_png(draws, path, WIDTH_MM, (18 + 4 * ROW_MM) * max(len(rows), 1))


def _brand(axes: Axes, row: Row, standard: float) -> None:
    shown = [
        RateShown(_("simulation, one run of many"), row.simulated, max(row.one_low, 0), min(row.one_high, 1), standard),
        RateShown(_("simulation of these calls"), row.same_calls, standard=standard),
    ]
    if row.theory is not None:
        shown.insert(0, RateShown(_("theory"), row.theory, standard=standard))
    if row.measured is not None:
        shown.append(RateShown(_("load"), row.measured, standard=standard))
    rates(axes, shown)
    title = _("{brand}: connection rate by attempts").format(brand=brand_name(row.brand))
    axes.set_title(title, loc="left", fontsize=9)
