"""The command line: one verb, one thin file; verbs of the other packages join by entry point."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from importlib import import_module
from importlib.metadata import entry_points

import click

from dialtest.errors import DialtestError

Loader = Callable[[], click.Command]

VERBS: Mapping[str, str] = {
    "init": "dialtest.commands.init:init",
    "check": "dialtest.commands.check:check",
    "plan": "dialtest.commands.plan:plan",
    "run": "dialtest.commands.run:run",
    "sweep": "dialtest.commands.sweep:sweep",
    "import": "dialtest.commands.import_:import_",
    "status": "dialtest.commands.status:status",
    "tasks": "dialtest.commands.tasks:tasks",
    "judge": "dialtest.commands.judge:judge",
    "findings": "dialtest.commands.findings:findings",
    "review": "dialtest.commands.review:review",
    "explain": "dialtest.commands.explain:explain",
    "evidence": "dialtest.commands.evidence:evidence",
    "adverts": "dialtest.commands.adverts:adverts",
    "audit": "dialtest.commands.audit:audit",
    "sandbox": "dialtest.commands.sandbox:sandbox",
    "demo": "dialtest.commands.demo:demo",
}


class Verbs(click.Group):
    """Loads a verb when it is called, so that `--help` of one does not import all."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return [*VERBS, *sorted(set(_joined()) - set(VERBS))]

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name in VERBS:
            module, _, name = VERBS[cmd_name].partition(":")
            command: click.Command = getattr(import_module(module), name)
            return command
        joined = _joined().get(cmd_name)
        return joined() if joined else None


def _joined() -> Mapping[str, Loader]:
    return {point.name: point.load for point in entry_points(group="dialtest.commands")}


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="dialtest")
def cli() -> None:
    """Dial-test and load-test mobile value-added services: plan, dial, judge, report.

    \b
    A first look:      dialtest demo
    A campaign:        dialtest init DIR; dialtest check DIR; dialtest run DIR; dialtest judge DIR
    """


def main() -> None:
    """Run the command line; problems a user can act on are told in two lines, with their exit code."""
    try:
        cli(standalone_mode=True)
    except DialtestError as error:
        click.echo(error.problem, err=True)
        if error.remedy:
            click.echo(error.remedy, err=True)
        sys.exit(error.exit_code)
