"""`dialtest surge`: the wave of calls on the hotline after a batch of reminders; one verb, one thin file."""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module

import click

VERBS: Mapping[str, str] = {
    "init": "load.commands.init:init_command",
    "erlang": "load.commands.erlang:erlang",
    "forecast": "load.commands.forecast:forecast_command",
    "simulate": "load.commands.simulate:simulate_command",
    "staff": "load.commands.staff:staff_command",
    "schedule": "load.commands.schedule:schedule_command",
    "verify": "load.commands.verify:verify_command",
    "load": "load.commands.load:load_command",
    "calibrate": "load.commands.calibrate:calibrate_command",
}


class SurgeVerbs(click.Group):
    """Loads a verb when it is called: the calculator needs neither a compiler nor a load generator."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*VERBS]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in VERBS:
            return None
        module, _, name = VERBS[cmd_name].partition(":")
        command: click.Command = getattr(import_module(module), name)
        return command


@click.group(cls=SurgeVerbs)
def surge() -> None:
    """Predict the surge of calls on the hotline, size and time it, and prove it by load.

    \b
    Example:  dialtest surge erlang --model a --agents 50 --calls-per-hour 2880 --handle-s 60 --patience-s 120
    """
