"""What of a page its reader sees: the displayed text as one string, where its runs stand, what is concealed."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from dialtest.adverts.concealment import Concealment, Look, look_of
from dialtest.adverts.page_tree import Element, Page, Text
from dialtest.adverts.plain_text import plain
from dialtest.adverts.style_sheet import StyleSheet

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "br", "button", "card", "center", "dd", "div", "dl", "do",
    "dt", "fieldset", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html",
    "input", "label", "legend", "li", "main", "nav", "ol", "option", "p", "pre", "section", "select", "table",
    "tbody", "td", "textarea", "tfoot", "th", "thead", "tr", "ul", "wml", "anchor",
})  # fmt: skip
EMPTY = frozenset({"br", "hr", "input"})
HOLDING = BLOCKS - EMPTY
UNSHOWN: frozenset[Concealment] = frozenset({"not_displayed", "off_screen"})
NO_BREAK_SPACE = "\u00a0"
LONGEST_VIEW = 60_000
"""Characters of visible text kept; some forty screens."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text of one element from `start` to `end` of its view; `order` of the element, `line` counted in blocks."""

    start: int
    end: int
    order: int
    line: int
    concealed: tuple[Concealment, ...]


@dataclass(slots=True)
class View:
    """One string put together from runs."""

    text: str = ""
    runs: list[Run] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    length: int = 0

    def add(self, text: str, apart: bool, order: int, line: int, concealed: tuple[Concealment, ...]) -> None:
        if self.length >= LONGEST_VIEW:
            return
        if apart and self.length:
            self.parts.append(" ")
            self.length += 1
        self.runs.append(Run(self.length, self.length + len(text), order, line, concealed))
        self.parts.append(text)
        self.length += len(text)

    def finished(self) -> View:
        self.text = "".join(self.parts)[:LONGEST_VIEW]
        return self

    def at(self, position: int) -> Run | None:
        """The run a position of the text lies in."""
        return next((run for run in self.runs if run.start <= position < run.end), None)


@dataclass(slots=True)
class Views:
    """`shown`: displayed text, tiny and faint included. `unshown`: what is in the page but not displayed.

    lines, looks, position: line, look and place in `shown` of each element, by its number.
    """

    shown: View
    unshown: View
    lines: dict[int, int]
    looks: dict[int, Look]
    position: dict[int, int]


def views_of(page: Page) -> Views:
    """Walk the page once, handing the look of each element down to what it holds."""
    elements = page.elements
    sheet = StyleSheet(
        "\n".join(piece.value for piece in page.pieces if isinstance(piece, Text) and piece.element.tag == "style")
    )
    looks: dict[int, Look] = {}
    for element in elements:
        outer = looks[element.parent.order] if element.parent else Look()
        looks[element.order] = look_of(element, outer, sheet)
    views = Views(View(), View(), {}, looks, {})
    line, apart, fresh = 0, True, True
    blocks: dict[int, int] = {}
    block = -1
    for piece in page.pieces:
        element = piece if isinstance(piece, Element) else piece.element
        order, tag = element.order, element.tag
        if isinstance(piece, Element):
            outer_block = blocks[element.parent.order] if element.parent else -1
            blocks[order] = order if tag in HOLDING else outer_block
        if blocks[order] != block:
            apart, fresh, block = True, True, blocks[order]
        if isinstance(piece, Element):
            if tag in EMPTY:
                line, apart = line + 1, True
            views.lines[order] = line
            views.position[order] = views.shown.length
        elif piece.value.isspace():
            apart = True
            line += fresh and NO_BREAK_SPACE in piece.value  # an empty line made on purpose
        elif text := plain(piece.value):
            concealed = _concealed(looks[order])
            view = views.shown if UNSHOWN.isdisjoint(concealed) else views.unshown
            if tag not in ("script", "style"):
                line, fresh = line + fresh, False
                view.add(text, apart or piece.value[:1].isspace(), order, line, concealed)
                apart = piece.value[-1:].isspace()
    views.shown.finished()
    views.unshown.finished()
    return views


@lru_cache(maxsize=256)
def _concealed(look: Look) -> tuple[Concealment, ...]:
    return look.concealed
