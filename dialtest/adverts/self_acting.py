"""What a page does by itself as soon as it is opened: sends its form, moves on, or calls an order address.

Read from the source without running it. A call to submit() counts when nothing in the source makes it wait for the
reader: neither a handler of clicks and keys around it, nor a function that only such handlers name.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice

from dialtest.adverts.page_tree import Element, Page, Text
from dialtest.adverts.page_words import MESSAGE_TARGET, ORDER_TARGET, STATIC_FILE

MOST_SCRIPT = 200_000
"""Characters of scripts read."""

LOADED_BY_ITSELF = {
    "img": "src", "iframe": "src", "frame": "src", "script": "src", "embed": "src", "object": "data",
    "audio": "src", "video": "src", "input": "src", "link": "href", "source": "src", "body": "background",
    "bgsound": "src",
}  # fmt: skip
HOST = re.compile(r"^(?:[a-z]+:)?//[^/?#]*", re.I)
REFRESH = re.compile(r"^\s*(\d{0,6})[\d.]*\s*(?:[;,]\s*(?:url\s*=)?\s*['\"]?([^'\"]*))?", re.I)
SUBMIT = re.compile(r"\.\s*(?:submit|requestSubmit)\s*\(\s*\)|\bsubmit\s*\(\s*\)")
REQUEST = re.compile(
    r"(?:fetch|axios(?:\.\w+)?|\$\.(?:get|post|ajax|getJSON)|\.open|sendBeacon|location(?:\.href)?\s*=|location\.(?:replace|assign)|\.src\s*=)"
    r"\s*\(?\s*(?:\{[^}]{0,80}?url\s*:\s*)?(?:['\"](?:GET|POST)['\"]\s*,\s*)?['\"]([^'\"\s]{1,500})['\"]",
    re.I,
)
HANDLER = re.compile(
    r"click|touch|mouse|key(?:up|down|press)|change|blur|focus|input['\"]|onsubmit|['\"]submit['\"]|tap|scroll", re.I
)
ON_LOAD = re.compile(
    r"onload|domcontentloaded|['\"]load['\"]|\.ready\s*\(|\$\s*\(\s*function|settimeout|setinterval|pageshow", re.I
)
FUNCTION = re.compile(
    r"function\s+([\w$]{1,60})\s*\(|(?:var|let|const)\s+([\w$]{1,60})\s*=\s*(?:async\s*)?(?:function\b|\()|([\w$]{1,60})\s*:\s*function\b"
)
QUOTED_OR_COMMENT = re.compile(
    r"/\*.*?(?:\*/|\Z)|(?<![:'\"\\])//[^\n]*|\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'", re.S
)
BRACE = re.compile(r"[{}]")
DEEPEST_NESTING = 60
MOST_CALLS = 30


def self_submits(page: Page) -> tuple[str, ...]:
    """How the page sends or moves on by itself: script_submit, onload_submit, meta_refresh, wml_timer, wml_enter."""
    found = dict.fromkeys(_without_reader(page))
    return tuple(found)


def _without_reader(page: Page) -> Iterator[str]:
    script = script_of(page)
    onload = " ; ".join(
        element.get(name) for element in page.elements for name in ("onload", "onpageshow") if element.get(name)
    )
    if SUBMIT.search(onload):
        yield "onload_submit"
    if any(
        runs_at_once(script, call.start(), onload) for call in islice(SUBMIT.finditer(_blanked(script)), MOST_CALLS)
    ):
        yield "script_submit"
    for element in page.elements:
        if element.tag == "meta" and element.get("http-equiv").lower() == "refresh" and refresh_target(element):
            yield "meta_refresh"
        if element.tag == "card" and (element.get("onenterforward") or element.get("ontimer")):
            yield "wml_timer" if element.get("ontimer") else "wml_enter"
        if element.tag == "onevent" and element.get("type").lower() in ("onenterforward", "ontimer"):
            yield "wml_timer" if element.get("type").lower() == "ontimer" else "wml_enter"


def orders_on_open(page: Page) -> tuple[str, ...]:
    """Addresses that look like an order and are called, or messages that are begun, when the page opens."""
    found: dict[str, None] = {}
    script = script_of(page)
    for element in page.elements:
        target = element.get(LOADED_BY_ITSELF.get(element.tag, "")) if element.tag in LOADED_BY_ITSELF else ""
        if element.tag == "meta" and element.get("http-equiv").lower() == "refresh":
            target = refresh_target(element)
        if is_order_target(target):
            found.setdefault(target[:500])
    for call in islice(REQUEST.finditer(script), MOST_CALLS):
        if is_order_target(call[1]) and runs_at_once(script, call.start(), ""):
            found.setdefault(call[1])
    return tuple(found)[:20]


def refresh_target(element: Element) -> str:
    """Where <meta http-equiv=refresh> leads; empty where it only loads the page again."""
    found = REFRESH.match(element.get("content"))
    return (found[2] or "").strip() if found else ""


def is_order_target(target: str) -> bool:
    """Whether an address speaks of ordering; pictures, styles and scripts do not, nor does the host's name."""
    target = target.strip()[:2000]
    if not target:
        return False
    if MESSAGE_TARGET.match(target):
        return True
    path = HOST.sub("", target)
    return bool(ORDER_TARGET.search(path)) and not STATIC_FILE.search(path)


def script_of(page: Page) -> str:
    """All inline scripts, bounded."""
    scripts = [piece.value for piece in page.pieces if isinstance(piece, Text) and piece.element.tag == "script"]
    return "\n;".join(scripts)[:MOST_SCRIPT]


def runs_at_once(script: str, position: int, onload: str) -> bool:
    """Whether the code at `position` runs when the page opens, as far as its surroundings tell."""
    openings = _open_braces(script, position)
    named = None
    for opening in reversed(openings):
        head = script[max(0, opening - 120) : opening].rpartition(";")[2].rpartition("}")[2]
        if ON_LOAD.search(head):
            return True
        if HANDLER.search(head):
            return False
        function = FUNCTION.search(head)
        if function:
            named = function[1] or function[2] or function[3]
            break
    return named is None or _is_called_at_once(script, named, onload)


def _is_called_at_once(script: str, name: str, onload: str) -> bool:
    if re.search(rf"(?<![\w$.]){re.escape(name)}\s*\(", onload):
        return True
    for call in list(re.finditer(rf"(?<![\w$])(?<!function ){re.escape(name)}(?![\w$])", script))[:20]:
        line = script[max(0, call.start() - 120) : call.start()].rpartition(";")[2].rpartition("}")[2]
        declared = re.search(r"(?:var|let|const|function)\s*$", line) or re.match(
            r"\s*(?:=|:)\s*(?:async\s*)?(?:function|\()", script[call.end() : call.end() + 40]
        )
        if declared or HANDLER.search(line):
            continue
        if ON_LOAD.search(line) or (
            not _open_braces(script, call.start()) and script[call.end() : call.end() + 3].lstrip().startswith("(")
        ):
            return True
    return False


@lru_cache(maxsize=4)
def _blanked(script: str) -> str:
    """The script with its strings and comments as spaces, every place unmoved."""
    return QUOTED_OR_COMMENT.sub(lambda found: " " * len(found[0]), script)


def _open_braces(script: str, position: int) -> list[int]:
    """Places of the braces that are open at `position`, outermost first."""
    openings: list[int] = []
    for brace in BRACE.finditer(_blanked(script), 0, position):
        if brace[0] == "{":
            openings.append(brace.start())
        elif openings:
            openings.pop()
    return openings[-DEEPEST_NESTING:]
