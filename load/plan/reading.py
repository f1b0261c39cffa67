"""Reads a planner's TOML strictly: everything that is wrong is told at once, with its key and the nearest known one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.policy.load import load_policy
from dialtest.problem import raise_if_any
from load.law import Exponential
from load.plan.batches import read_batches
from load.plan.desks import read_desks, read_pools
from load.plan.exchange import read_background, read_emergency, read_lines
from load.plan.horizon import read_horizon, read_quiet, read_window, until_all_called
from load.plan.laws import read_law
from load.plan.surge_plan import CallLaws, Redial, SurgePlan
from load.plan.tables import Tables

FILE_LIMIT = 10_000_000
TOP = ("name", "policy", "seed", "begins", "ends", "batch", "callback", "call", "agents", "pool", "background",
       "emergency", "lines", "quiet", "window", "standard")  # fmt: skip


def load_plan(path: Path) -> SurgePlan:
    """The plan in the file at `path`. Raises DialtestError with every problem of the file."""
    try:
        with path.open("rb") as file:
            content = file.read(FILE_LIMIT + 1)
    except OSError as error:
        problem = _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)
        raise DialtestError(
            problem, _("Write a plan to edit with: dialtest surge init {path}").format(path=path)
        ) from None
    if len(content) > FILE_LIMIT:
        raise DialtestError(_("{path} is larger than 10 MB.").format(path=path), _("A plan is a page of text."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = _("{path} is not UTF-8 text (byte {byte}).").format(path=path, byte=error.start)
        raise DialtestError(problem, _("Save it again as UTF-8.")) from None
    return parse_plan(text, str(path), path.stem)


def parse_plan(text: str, where: str, name: str = "plan") -> SurgePlan:
    """The plan in `text`; `where` names it in errors, `name` is its name unless it states one."""
    try:
        stated = tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # a number of 5,000 digits is a plain ValueError
        what = _("this is not valid TOML: {error}.").format(error=error)
        raise DialtestError(f"{where}: {what}", _("Compare it with what `dialtest surge init` writes.")) from None
    tables = Tables(where)
    top = tables.known(stated, "", TOP)
    policy = load_policy(tables.text(top, "policy", "", "monternet-2006"))
    hotline = policy.terms(policy.midnight(policy.starts)).hotline
    batches = read_batches(tables, top, policy, hotline)
    raise_if_any(tables.problems)
    desks = read_desks(tables, top, hotline, {batch.brand for batch in batches})
    laws = _call(tables, top)
    begins, ends = read_horizon(tables, top, policy.zone, batches)
    raise_if_any(tables.problems)
    plan = SurgePlan(
        name=tables.text(top, "name", "", name),
        policy=policy.name,
        zone=policy.zone,
        begins=begins,
        ends=ends or begins,
        batches=batches,
        call=laws,
        desks=desks,
        pools=read_pools(tables, top, [desk.brand for desk in desks]),
        background_per_h=read_background(tables, top, [desk.brand for desk in desks]),
        emergency=read_emergency(tables, top, hotline),
        lines=read_lines(tables, top),
        quiet=read_quiet(tables, top),
        window=read_window(tables, top, policy),
        seed=int(tables.number(top, "seed", "", 0, 2**63 - 1, 2006, whole=True)),
        digest=sha256(text.encode()).hexdigest(),
    )
    raise_if_any(tables.problems)
    return plan if ends else until_all_called(plan)


def _call(tables: Tables, top: Mapping[str, Any]) -> CallLaws:
    one = tables.known(tables.table(top, "call", ""), "call.", ("handle", "patience", "redial", "menu"))
    redial = tables.known(tables.table(one, "redial", "call."), "call.redial.", ("share", "delay", "most"))
    return CallLaws(
        handle=read_law(tables, one, "handle", "call.", Exponential(180)),
        patience=read_law(tables, one, "patience", "call.", Exponential(120), never=True),
        redial=Redial(
            share=tables.number(redial, "share", "call.redial.", 0, 1, 0.0),
            delay=read_law(tables, redial, "delay", "call.redial.", Exponential(600)),
            most=int(tables.number(redial, "most", "call.redial.", 0, 100, 20, whole=True)),
        ),
        menu=read_law(tables, one, "menu", "call.", Exponential(30)) if "menu" in one else None,
    )
