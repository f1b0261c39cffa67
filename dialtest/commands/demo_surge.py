"""The demo's hour of the hotline under load: put on by the surge's entry point, told in a line for each brand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import click

from dialtest.commands.screen import progress, tell
from dialtest.errors import CouldNotTest
from dialtest.language import _
from dialtest.model.brand import brand_name

Rehearse = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What the load measured; `run` is the load package's own record of it, which this package may not know."""

    run: Any

    def as_json(self) -> dict[str, object]:
        """Calls due and placed, whether the rate was reached, and the connection rate by attempts of each brand."""
        run = self.run
        rates = {one.brand: round(one.tally.connection_rate_by_attempts, 4) for one in run.brands}
        return {"due": run.due, "placed": run.placed, "reached": run.reached, "connection_rates": rates}

    def tell(self) -> None:
        """In words."""
        run = self.run
        words = _("10086 rehearsed: {placed} of {due} calls of {begins} placed, {speed} times as fast as in earnest;")
        counts = {"placed": run.placed, "due": run.due, "begins": f"{run.begins:%Y-%m-%d %H:%M}"}
        tell(words.format(**counts, speed=f"{run.speed:g}"))
        for one in run.brands:
            brand = _("  {brand}: connection rate {rate}")
            tell(brand.format(brand=brand_name(one.brand), rate=f"{one.tally.connection_rate_by_attempts:.1%}"))


def rehearsed_on(folder: Path, rehearse: Rehearse) -> Rehearsed | None:
    """Rehearse the plan of a campaign folder; None where it has none, or where it could not be put on, which is told:
    the campaign stands without it.
    """
    try:
        with progress(_("Rehearsing the surge"), 0) as on_done:
            run = rehearse(folder, on_progress=lambda done: on_done(done.ended))
    except CouldNotTest as error:
        click.echo(error.problem, err=True)
        click.echo(error.remedy, err=True)
        return None
    return Rehearsed(run) if run is not None else None
