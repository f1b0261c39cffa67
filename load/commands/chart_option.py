"""`--chart FILE.png`, which several verbs have."""

from __future__ import annotations

from pathlib import Path

import click

from dialtest.commands.screen import tell
from dialtest.language import _

chart_option = click.option(
    "--chart", metavar="FILE.png", type=click.Path(path_type=Path, dir_okay=False), help="Draw it as a picture too."
)


def tell_of_chart(chart: Path | None) -> None:
    """Say where the picture is, if one was asked for."""
    if chart is not None:
        tell(_("The picture is in {path}.").format(path=chart))
