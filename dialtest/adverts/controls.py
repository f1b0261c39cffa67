"""The buttons, links and ticked boxes of a page: what they say, where they lead, which of them order."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from dialtest.adverts.concealment import Look
from dialtest.adverts.page_tree import Element, Page, Text
from dialtest.adverts.page_words import ASKS_NUMBER, CONSENT, KEEPS_LOGIN, MESSAGE_TARGET, NOT_ORDER_WORDS, ORDER_WORDS
from dialtest.adverts.plain_text import plain
from dialtest.adverts.self_acting import is_order_target

MOST_CONTROLS = 200
LONGEST_WORDS = 120
LONGEST_TARGET = 500

FIELDS = frozenset({"text", "tel", "number", ""})
SPEAKERS = frozenset({"a", "anchor", "button", "label", "do"})
PRESSED = frozenset({"submit", "button", "image"})


@dataclass(frozen=True, slots=True)
class Control:
    """Something to press. kind: button or link. target: where it leads, as written, empty where only a script knows.

    orders: its words or its target speak of ordering. order: number of its element in the page.
    """

    kind: str
    words: str
    target: str
    orders: bool
    order: int

    def as_json(self) -> dict[str, object]:
        return {"kind": self.kind, "words": self.words, "target": self.target, "orders": self.orders}


def words_inside(page: Page) -> dict[int, str]:
    """The words of every control and label, pictures by their alternative text; by the element's number."""
    said: dict[int, list[str]] = defaultdict(list)
    speaks_for: dict[int, int | None] = {}
    for piece in page.pieces:
        if isinstance(piece, Text):
            speaker, words = speaks_for[piece.element.order], piece.value
        else:
            outer = speaks_for[piece.parent.order] if piece.parent else None
            speaker = speaks_for[piece.order] = piece.order if _has_words(piece) else outer
            words = piece.get("alt") if piece.tag == "img" else ""
        if words and speaker is not None:
            said[speaker].append(words)
    return {order: plain(" ".join(words))[:LONGEST_WORDS] for order, words in said.items()}


def _has_words(element: Element) -> bool:
    attributes = element.attributes
    return element.tag in SPEAKERS or bool(
        attributes and (attributes.get("onclick") or attributes.get("role") == "button")
    )


def controls_of(page: Page, words: dict[int, str], looks: dict[int, Look]) -> tuple[Control, ...]:
    """Everything displayed that can be pressed, in order, at most MOST_CONTROLS."""
    gone = _go_targets(page)
    found = (_control(element, words, gone) for element in page.elements if looks[element.order].displayed)
    return tuple(control for control in found if control)[:MOST_CONTROLS]


def _go_targets(page: Page) -> dict[int, str]:
    """WML: the <go href> inside an <anchor> or <do>."""
    return {
        outer.order: element.get("href")
        for element in page.elements
        if element.tag == "go"
        for outer in element.within()
        if outer.tag in ("anchor", "do")
    }


def _control(element: Element, words: dict[int, str], gone: dict[int, str]) -> Control | None:
    kind = _kind(element)
    if kind is None:
        return None
    label = (
        element.get("label")
        or element.get("value")
        or element.get("alt")
        or element.get("title")
        or element.get("aria-label")
    )
    said = words.get(element.order) or plain(label[: LONGEST_WORDS * 4])[:LONGEST_WORDS]
    target = (element.get("href") or gone.get(element.order) or _form_action(element, kind))[:LONGEST_TARGET]
    if target.lower().startswith(("javascript:", "#")):
        target = ""
    return Control(kind, said, target, _orders(kind, said, target, element), element.order)


def _kind(element: Element) -> str | None:
    if element.tag == "button" or (element.tag == "input" and element.get("type").lower() in PRESSED):
        return "button"
    if element.tag in ("a", "area", "anchor") and (element.tag == "anchor" or "href" in element.attributes):
        return "link"
    if (
        element.tag == "do"
        or element.get("role") == "button"
        or (element.get("onclick") and element.tag in ("div", "span", "img", "a", "p"))
    ):
        return "button"
    return None


def _form_action(element: Element, kind: str) -> str:
    if kind != "button":
        return ""
    return next((outer.get("action") for outer in element.within() if outer.tag == "form"), "")


def _orders(kind: str, said: str, target: str, element: Element) -> bool:
    if NOT_ORDER_WORDS.search(said):
        return False
    if is_order_target(target) and not target.lower().startswith("tel:"):
        return True
    strong = ORDER_WORDS.search(said) is not None
    return strong and (kind == "button" or not target.lower().startswith(("mailto:", "tel:")))


def preticked(page: Page, words: dict[int, str]) -> tuple[str, ...]:
    """What boxes that are ticked before the reader has done anything say; a login's `remember me` does not count."""
    return tuple(dict.fromkeys(_ticked(page, words)))[:20]


def _ticked(page: Page, words: dict[int, str]) -> Iterator[str]:
    labels = {
        element.get("for"): words.get(element.order, "")
        for element in page.elements
        if element.tag == "label" and element.get("for")
    }
    for element in page.elements:
        kind = element.get("type").lower()
        if element.tag != "input" or kind not in ("checkbox", "radio") or "checked" not in element.attributes:
            continue
        around = next((words.get(outer.order, "") for outer in element.within() if outer.tag == "label"), "")
        said = labels.get(element.get("id"), "") or around or element.get("name") or element.get("value")
        named = f"{said} {element.get('name')} {element.get('value')}"
        if not KEEPS_LOGIN.search(named) and (kind == "checkbox" or CONSENT.search(named)):
            yield plain(said[:LONGEST_WORDS]) or "?"


def asks_number(page: Page, words: dict[int, str]) -> bool:
    """Whether a field asks for the reader's telephone number."""
    for element in page.elements:
        if element.tag != "input" or element.get("type").lower() not in FIELDS:
            continue
        named = " ".join(
            (
                element.get("name"),
                element.get("id"),
                element.get("placeholder"),
                element.get("title"),
                element.get("aria-label"),
            )
        )
        if element.get("type").lower() == "tel" or ASKS_NUMBER.search(named):
            return True
    return False


def is_message_target(target: str) -> bool:
    """`sms:` and its kin: pressing begins a message or a call."""
    return MESSAGE_TARGET.match(target) is not None
