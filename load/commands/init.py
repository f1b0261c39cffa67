"""`dialtest surge init`: a plan to edit, every key explained."""

from __future__ import annotations

from pathlib import Path

import click

from dialtest.commands.screen import tell
from dialtest.language import _
from load.plan.new_plan import template, write_new


@click.command("init")
@click.argument("path", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False))
def init_command(path: Path) -> None:
    """Write a commented plan to edit, which works as it is. A file that is there already is left alone.

    \b
    Example:  dialtest surge init plan.toml
    """
    write_new(template(), path)
    tell(_("{path} is written. Edit it, then: dialtest surge forecast {path}").format(path=path))
