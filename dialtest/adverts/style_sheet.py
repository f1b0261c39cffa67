"""Reads the part of CSS that hides things: simple and nested selectors, and the handful of properties that matter.

Static and without conditions: rules inside @media and the like are not applied, scripts and linked sheets are unknown.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from dialtest.adverts.page_tree import Element

MOST_RULES = 2_000
MOST_CHECKS = 400_000
"""Rule against element, for a whole page; a page made to be slow is read without its sheet from then on."""

LONGEST_SHEET = 300_000
MATTERS = frozenset({
    "display", "visibility", "opacity", "font-size", "color", "background", "background-color", "position", "left",
    "top", "text-indent", "height", "max-height", "width", "overflow", "clip", "transform",
})  # fmt: skip

COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.S)
BLOCK = re.compile(r"([^{}]*)([{}])")
SIMPLE = re.compile(r"(?P<tag>[a-z][a-z0-9]*|\*)?(?P<parts>(?:[#.][\w-]+)*)$")

Declarations = dict[str, str]


@dataclass(frozen=True, slots=True)
class Simple:
    """`p.small#price`: one step of a selector."""

    tag: str
    id: str
    classes: frozenset[str]

    def fits(self, element: Element) -> bool:
        if self.tag and self.tag != element.tag:
            return False
        if self.id and self.id != element.get("id"):
            return False
        return not self.classes or self.classes <= set(element.get("class").split())


@dataclass(frozen=True, slots=True)
class Rule:
    """`steps` outermost first, each anywhere inside the one before it; `weight` orders rules as CSS does."""

    steps: tuple[Simple, ...]
    declarations: Declarations
    weight: tuple[int, int, int, int]

    def fits(self, element: Element) -> bool:
        if not self.steps[-1].fits(element):
            return False
        around = list(element.within())[1:]
        for step in reversed(self.steps[:-1]):
            found = next((n for n, outer in enumerate(around) if step.fits(outer)), None)
            if found is None:
                return False
            around = around[found + 1 :]
        return True


class StyleSheet:
    """The rules of a page's <style> elements, found by what their last step names."""

    def __init__(self, css: str) -> None:
        self._checks_left = MOST_CHECKS
        self._by_name: dict[str, list[Rule]] = defaultdict(list)
        for rule in _rules(COMMENT.sub(" ", css[:LONGEST_SHEET].lower())):
            last = rule.steps[-1]
            self._by_name[f"#{last.id}" if last.id else next((f".{name}" for name in last.classes), last.tag)].append(
                rule
            )

    @property
    def empty(self) -> bool:
        return not self._by_name

    def declared(self, element: Element) -> Declarations:
        """What the sheet and the element's own style say of it, the stronger over the weaker."""
        if not self._by_name and not element.get("style"):
            return {}
        names = ["", element.tag, *(f".{name}" for name in element.get("class").lower().split()[:20])]
        names.append(f"#{element.get('id').lower()}")
        candidates = [rule for name in dict.fromkeys(names) for rule in self._by_name.get(name, ())]
        self._checks_left -= len(candidates)
        fitting = [rule for rule in candidates if rule.fits(element)] if self._checks_left > 0 else []
        said: Declarations = {}
        for rule in sorted(fitting, key=lambda rule: rule.weight):
            said |= rule.declarations
        return said | declarations(element.get("style").lower())


def declarations(text: str) -> Declarations:
    """`color: red; …` as a mapping of the properties that matter; a later one wins, !important is dropped."""
    said = {}
    for part in text[:20_000].split(";"):
        name, colon, value = part.partition(":")
        if colon and name.strip() in MATTERS:
            said[name.strip()] = value.replace("!important", "").strip()
    return said


def _rules(css: str) -> Iterator[Rule]:
    depth = count = 0
    conditional = False
    prelude = ""
    for block in BLOCK.finditer(css):
        text, brace = block.groups()
        if brace == "{":
            conditional = conditional or (depth == 0 and text.strip().rpartition(";")[2].lstrip().startswith("@"))
            prelude = text.rpartition(";")[2]
            depth += 1
            continue
        said = {} if conditional else declarations(text)
        for selector in prelude.split(",") if said else ():
            rule = _rule(selector, said, count)
            if rule and (count := count + 1) <= MOST_RULES:
                yield rule
        depth = max(0, depth - 1)
        conditional = conditional and depth > 0


def _rule(selector: str, said: Declarations, order: int) -> Rule | None:
    steps: list[Simple] = []
    for written in selector.replace(">", " ").split():
        step = SIMPLE.match(written)
        if step is None or not written or len(steps) > 8:
            return None
        parts = re.findall(r"[#.][\w-]+", step["parts"])
        ids = [part[1:] for part in parts if part[0] == "#"]
        classes = frozenset(part[1:] for part in parts if part[0] == ".")
        tag = step["tag"] or ""
        steps.append(Simple("" if tag == "*" else tag, ids[0] if ids else "", classes))
    if not steps:
        return None
    weight = (
        sum(bool(s.id) for s in steps),
        sum(len(s.classes) for s in steps),
        sum(bool(s.tag) for s in steps),
        order,
    )
    return Rule(tuple(steps), said, weight)
