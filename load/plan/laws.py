"""Laws of chance as a plan writes them: by name and mean, or as a list of observed values."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialtest.language import _
from load.law import Constant, Empirical, Erlang, Exponential, Law, Lognormal, Never
from load.plan.tables import REQUIRED, Tables

LONGEST_S = 10_000_000.0
MOST_VALUES = 1_000_000
KEYS = {
    "exponential": ("mean_s",),
    "constant": ("mean_s",),
    "lognormal": ("mean_s", "sigma", "sd_s"),
    "erlang": ("mean_s", "phases"),
    "empirical": ("values_s",),
    "never": (),
}


def read_law(tables: Tables, stated: Mapping[str, Any], key: str, above: str, default: Law, never: bool = False) -> Law:
    """The law under a key; `default` where there is none. `never`: whether “it never comes” is allowed."""
    if key not in stated:
        return default
    value, path = stated[key], f"{above}{key}"
    if isinstance(value, list):
        value = {"law": "empirical", "values_s": value}
    if not isinstance(value, Mapping):
        tables.wrong(
            path, value, _('a law such as {{ law = "exponential", mean_s = 180 }}, or a list of seconds').format()
        )
        return default
    if "values_s" in value and "law" not in value:
        value = {"law": "empirical", **value}
    names = [name for name in KEYS if never or name != "never"]
    name = tables.choice(value, "law", f"{path}.", names, "exponential")
    one = tables.known(value, f"{path}.", ("law", *KEYS[name]))
    if name == "never":
        return Never()
    if name == "empirical":
        return _empirical(tables, one.get("values_s"), f"{path}.values_s", default)
    return _parametric(tables, name, one, f"{path}.")


def _parametric(tables: Tables, name: str, one: Mapping[str, Any], above: str) -> Law:
    mean_s = max(tables.number(one, "mean_s", above, 0.001, LONGEST_S, REQUIRED), 0.001)
    if name == "constant":
        return Constant(mean_s)
    if name == "lognormal" and "sd_s" in one:
        return Lognormal.with_deviation(mean_s, tables.number(one, "sd_s", above, 0.001, LONGEST_S, REQUIRED))
    if name == "lognormal":
        return Lognormal(mean_s, tables.number(one, "sigma", above, 0.001, 10, REQUIRED))
    if name == "erlang":
        return Erlang(mean_s, int(tables.number(one, "phases", above, 1, 1000, REQUIRED, whole=True)))
    return Exponential(mean_s)


def _empirical(tables: Tables, values: Any, path: str, default: Law) -> Law:
    fits = isinstance(values, list) and 0 < len(values) <= MOST_VALUES
    if not fits or not all(_is_length(value) for value in values) or sum(values) <= 0:
        tables.wrong(path, values, _("a list of lengths of time in seconds, not all 0"))
        return default
    return Empirical(tuple(float(value) for value in values))


def _is_length(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool) and 0 <= value <= LONGEST_S
