"""The plan to edit works as it is, and explains every key that reading knows."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from dialtest.errors import DialtestError
from load.plan.new_plan import template, write_new
from load.plan.reading import parse_plan

ROOM = Path(__file__).parents[3] / "load" / "plan"


def known_keys() -> set[str]:
    """Every key named in a call of `known`, in the list of top keys, and in the table of laws."""
    return {key for path in ROOM.glob("*.py") for key in _named_in(ast.parse(path.read_text(encoding="utf-8")))}


def _named_in(tree: ast.Module) -> Iterator[str]:
    lists: dict[str, list[ast.expr]] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            lists.setdefault(node.targets[0].id, []).append(node.value)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "known":
            names = node.args[2]
            yield from _words(lists.get(names.id, []) if isinstance(names, ast.Name) else [names])
    for name in ("TOP", "KEYS"):
        yield from _words(lists.get(name, []))


def _words(nodes: list[ast.expr]) -> Iterator[str]:
    for one in (inner for node in nodes for inner in ast.walk(node)):
        if isinstance(one, ast.Constant) and isinstance(one.value, str):
            yield one.value


def test_the_template_is_a_plan_that_works() -> None:
    plan = parse_plan(template(), "template.toml")
    assert ("mzone", "easyown") == plan.brands
    assert [True, True, False] == [batch.start is not None for batch in plan.batches]


def test_every_key_that_a_plan_may_have_stands_in_the_template() -> None:
    keys = known_keys()
    assert {"messages_per_s", "menu_ports", "self_service_share", "lognormal", "values_s"} < keys
    assert set() == {key for key in keys if not re.search(rf"\b{key}\b", template())}


def test_what_the_template_leaves_commented_out_works_too() -> None:
    text = re.sub(r"(?m)^# (?=menu = |lines = |menu_ports = |\[\[pool|name = |brands = |agents = )", "", template())
    plan = parse_plan(text, "template.toml")
    assert (400, 60, ("mzone", "easyown")) == (plan.lines.lines, plan.lines.menu_ports, plan.pools[0].brands)
    assert plan.call.menu is not None


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    path = tmp_path / "plan.toml"
    path.write_text("mine")
    with pytest.raises(DialtestError):
        write_new(template(), path)
    assert "mine" == path.read_text()
