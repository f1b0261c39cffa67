"""What a page's source shows, hides and does by itself, as far as that can be told without rendering it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from selectolax.lexbor import LexborHTMLParser, LexborNode

PAGE_LIMIT = 262_144
REMEMBERED = 512
FAR_BELOW = 600
"""So many characters of text after the order button are more than a screen of a handset (ours)."""

UNSEEN = frozenset({"script", "style", "title", "noscript", "template", "head", "meta", "link"})
BUTTONS = frozenset({"button", "input"})
TINY = re.compile(r"font-size\s*:\s*(?:[0-6](?:\.\d+)?px|0?\.[0-3]\d*r?em)")
PALE = re.compile(r"(?<!-)color\s*:\s*(?:#f[a-f0-9]f[a-f0-9]f[a-f0-9]\b|#fff\b|white\b|transparent\b)")
GONE = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.[01]\d*)?\s*(?:;|$)|(?:left|top)\s*:\s*-\d{3,}"
)
BACKGROUND = re.compile(r"background(?:-color)?\s*:")
SUBMITS = re.compile(r"\.(?:submit|click)\s*\(")
HANDLER = re.compile(r"addEventListener\s*\(\s*['\"](?:click|submit|touch)|function\s+\w+\s*\(")


@dataclass(frozen=True, slots=True)
class PageSource:
    """`shown` is what can be read at once, `buried` stands far below the first button, `hidden` cannot be seen.

    ticked: a box is ticked before anybody touched it. submits_itself: a script sends the form when the page opens.
    """

    shown: str
    buried: str
    hidden: str
    ticked: bool
    submits_itself: bool

    @property
    def text(self) -> str:
        """Everything that is written anywhere on it."""
        return "\n".join(filter(None, (self.shown, self.buried, self.hidden)))


@lru_cache(maxsize=REMEMBERED)
def page_source(content: str) -> PageSource:
    """Read a page's HTML; never raises, reads the first 256 KiB."""
    tree = LexborHTMLParser(content[:PAGE_LIMIT].replace("\0", ""))
    reader = _Reader()
    if tree.body is not None:
        reader.read(tree.body)
    return PageSource(
        "\n".join(reader.shown),
        "\n".join(reader.buried),
        "\n".join(reader.hidden),
        _ticked(tree),
        _submits_itself(tree),
    )


class _Reader:
    """Walks a page once, without recursion, and sorts its text."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.buried: list[str] = []
        self.hidden: list[str] = []
        self._since_button: int | None = None

    def read(self, body: LexborNode) -> None:
        waiting: list[tuple[LexborNode, bool]] = [(body, False)]
        while waiting:
            node, unseen = waiting.pop()
            if node.tag == "-text":
                self._take(node.text(deep=False).strip(), unseen)
                continue
            if node.tag in UNSEEN:
                continue
            unseen = unseen or _unseen(node)
            if node.tag in BUTTONS and node.attributes.get("type", "submit") in ("submit", "button", "image", None):
                self._since_button = self._since_button or 0
            waiting += [(child, unseen) for child in reversed(list(node.iter(include_text=True)))]

    def _take(self, text: str, unseen: bool) -> None:
        if not text:
            return
        if unseen:
            self.hidden.append(text)
        elif self._since_button is not None and self._since_button > FAR_BELOW:
            self.buried.append(text)
        else:
            self.shown.append(text)
        if self._since_button is not None:
            self._since_button += len(text)


def _unseen(node: LexborNode) -> bool:
    attributes = node.attributes
    if "hidden" in attributes:
        return True
    style = (attributes.get("style") or "").lower()
    if not style:
        return False
    pale = PALE.search(style) is not None and BACKGROUND.search(style) is None
    return pale or TINY.search(style) is not None or GONE.search(style) is not None


def _ticked(tree: LexborHTMLParser) -> bool:
    boxes = tree.css('input[type="checkbox"], input[type="CHECKBOX"]')
    return any("checked" in box.attributes for box in boxes)


def _submits_itself(tree: LexborHTMLParser) -> bool:
    if tree.body is not None and SUBMITS.search(tree.body.attributes.get("onload") or ""):
        return True
    scripts = (script.text() for script in tree.css("script"))
    return any(SUBMITS.search(code) and not HANDLER.search(code) for code in scripts)
