"""A plan as JSON that gives back exactly the same plan: how one process hands a plan to another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from dialtest.errors import DialtestError
from dialtest.language import _
from load.law import Constant, Empirical, Erlang, Exponential, Law, Lognormal, Never
from load.plan.surge_plan import SurgePlan

LAWS: Mapping[str, type[Any]] = {
    law.__name__.lower(): law for law in (Exponential, Constant, Lognormal, Erlang, Empirical, Never)
}


def write_exact(plan: SurgePlan) -> bytes:
    """The plan as JSON."""
    return msgspec.json.encode(_plain(plan))


def read_exact(content: bytes) -> SurgePlan:
    """The plan that `write_exact` wrote; raises DialtestError for anything else."""
    try:
        return msgspec.convert(msgspec.json.decode(content), SurgePlan, dec_hook=_custom)
    except (msgspec.MsgspecError, TypeError, ValueError, KeyError, ZoneInfoNotFoundError) as error:
        problem = _("This is no plan that a load run handed on: {reason}.").format(reason=str(error)[:200])
        raise DialtestError(problem, _("Give the plan's TOML file.")) from None


def _plain(value: Any) -> Any:
    law = type(value).__name__.lower()
    if LAWS.get(law) is type(value):
        return {"law": law} | {name: getattr(value, name) for name in _stated(type(value))}
    if is_dataclass(value):
        return {one.name: _plain(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, ZoneInfo):
        return value.key
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return value


def _stated(law: type[Any]) -> list[str]:
    """The fields of a law that it is made of; Never's and Empirical's further ones follow from these."""
    return [one.name for one in fields(law) if not one.name.startswith("_") and law is not Never]


def _custom(kind: type, value: Any) -> Any:
    if kind is ZoneInfo:
        return ZoneInfo(value)
    if kind is Law:
        stated = dict(value)
        return msgspec.convert(stated, LAWS[stated.pop("law")])
    raise TypeError(f"unexpected is {kind.__name__}")
