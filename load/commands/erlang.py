"""`dialtest surge erlang`: the calculator; one group of agents, one steady hour, by Erlang B, C or A."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from math import floor, inf
from typing import Literal

import click
import msgspec
from rich.table import Table

from dialtest.commands.screen import json_option, say, tell
from dialtest.errors import DialtestError
from dialtest.language import _
from load.theory.erlang_a import erlang_a
from load.theory.erlang_b import erlang_b
from load.theory.erlang_c import ErlangC, erlang_c
from load.theory.figures import Figures, figures_of
from load.theory.finite_queue import FiniteQueue, finite_queue
from load.theory.goal import MEASURES, Answer, Measure, goal_of
from load.theory.staffing import least_agents

Model = Literal["a", "b", "c"]


@dataclass(frozen=True, slots=True)
class Hour:
    """A steady hour, as it was asked about."""

    model: Model
    calls_per_h: float
    handle_s: float
    patience_s: float

    def answer(self, agents: int) -> Answer:
        match self.model:
            case "a":
                return erlang_a(agents, self.calls_per_h, self.handle_s, self.patience_s)
            case "b":
                return erlang_b(agents, self.calls_per_h, self.handle_s)
            case "c":
                return erlang_c(agents, self.calls_per_h, self.handle_s)

    def answer_with_places(self, agents: int, places: int | None) -> Answer | FiniteQueue:
        if places is None:
            return self.answer(agents)
        return finite_queue(agents, places, self.calls_per_h, self.handle_s, self.patience_s)

    def agents_for(self, measure: Measure, target: float, within_s: float) -> int:
        return least_agents(goal_of(measure, target, within_s), self.answer, self.calls_per_h, self.handle_s)


@click.command()
@click.option("--model", type=click.Choice(("a", "b", "c")), required=True,
              help="a: callers wait and may give up; b: who finds all busy is lost; c: for ever.")  # fmt: skip
@click.option("--agents", type=int, help="How many agents (model b: agents or lines).")
@click.option("--calls-per-hour", "calls_per_h", type=float, required=True, help="Calls in an hour.")
@click.option("--handle-s", type=float, required=True, help="Mean handle time in seconds.")
@click.option("--patience-s", type=float, help="Mean patience in seconds; model a only.")
@click.option("--within-s", type=float, default=20.0, show_default=True,
              help="The service level counts calls answered within so many seconds.")  # fmt: skip
@click.option("--places", type=int, help="Waiting places, where the queue can be full; models a and c, with --agents.")
@click.option("--target", type=float, help="Instead of --agents: how many are needed for this value, 0.8 say.")
@click.option("--measure", type=click.Choice(MEASURES), help="What --target is about; service_level by default.")
@json_option
def erlang(
    model: Model,
    agents: int | None,
    calls_per_h: float,
    handle_s: float,
    patience_s: float | None,
    within_s: float,
    places: int | None,
    target: float | None,
    measure: Measure | None,
    as_json: bool,
) -> None:
    """Waits, abandonment, service level and utilisation of a steady hour; or the agents that hold a target.

    The service level is calls answered within --within-s ÷ all calls; waits are of all callers, those who gave up too.
    Exit code 2 when a number is out of bounds, or when with model c the queue grows without bound.

    \b
    Example:  dialtest surge erlang --model a --agents 50 --calls-per-hour 2880 --handle-s 60 --patience-s 120
              dialtest surge erlang --model c --target 0.8 --calls-per-hour 200 --handle-s 180 --within-s 20 --json
    """
    _check_asked(agents, target, places, measure)
    hour = Hour(model, calls_per_h, handle_s, _patience_s(model, patience_s, places))
    if target is not None:
        agents = hour.agents_for(measure or "service_level", target, within_s)
    answer = hour.answer_with_places(agents or 0, places)
    figures = figures_of(answer, within_s)
    if as_json:
        needed = {} if target is None else {"agents": agents}
        click.echo(msgspec.json.encode(needed | asdict(figures)).decode())
    else:
        if target is not None:
            tell(_("{agents} agents are needed.").format(agents=agents))
        say(_table(figures, within_s))
    if isinstance(answer, ErlangC) and not answer.stable:
        raise _endless(answer)


def _check_asked(agents: int | None, target: float | None, places: int | None, measure: Measure | None) -> None:
    if (agents is None) == (target is None):
        raise DialtestError(
            _("Either --agents or --target is expected."),
            _("Give --agents to see what they achieve, or --target to see how many are needed."),
        )
    if target is None and measure is not None:
        raise DialtestError(_("--measure says what --target is about, and there is no --target."))
    if target is not None and places is not None:
        raise DialtestError(_("--places goes with --agents, not with --target."))


def _patience_s(model: Model, patience_s: float | None, places: int | None) -> float:
    """Endless for models that know no patience; raises DialtestError where an option does not fit the model."""
    if model == "b" and places is not None:
        raise DialtestError(_("With model b nobody waits, so there are no --places."), _("Ask for model a or c."))
    if model != "a":
        return inf
    if patience_s is None:
        raise DialtestError(
            _("Model a needs --patience-s: how long callers wait, on average, before they give up."),
            _("Give it in seconds, or ask for model c, where nobody gives up."),
        )
    return patience_s


def _endless(answer: ErlangC) -> DialtestError:
    words = _("{erlangs:.6g} erlangs of calls for {agents:g} agents: nobody gives up, the queue grows without bound.")
    remedy = _("With {least} agents it no longer grows; or ask for model a, where callers give up.")
    problem = words.format(erlangs=answer.erlangs, agents=answer.agents)
    return DialtestError(problem, remedy.format(least=floor(answer.erlangs) + 1))


def _table(figures: Figures, within_s: float) -> Table:
    table = Table(_("figure"), _("value"), _("meaning"))
    table.columns[1].justify = "right"
    rows = (
        ("p_wait", _share(figures.p_wait), _("calls that find all agents busy and wait")),
        ("p_abandon", _share(figures.p_abandon), _("calls given up while waiting")),
        ("mean_wait_s", _seconds(figures.mean_wait_s), _("mean wait of all callers")),
        ("wait_p90_s", _seconds(figures.wait_p90_s), _("nine in ten callers wait no longer")),
        ("service_level", _share(figures.service_level), _("answered within {within_s:g} s, of all calls")),
        ("utilisation", _share(figures.utilisation), _("of their time agents are busy")),
        ("blocking", _share(figures.blocking), _("calls turned away: all lines or waiting places taken")),
    )
    for name, value, meaning in rows:
        table.add_row(name, value, meaning.format(within_s=within_s))
    return table


def _share(value: float | None) -> str:
    return "–" if value is None else f"{value:.2%}"


def _seconds(value: float | None) -> str:
    return "–" if value is None else f"{value:.2f} s"
