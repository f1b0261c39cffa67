"""Parses a page, HTML or WML, into a flat list of elements and texts in the order of the source.

Well-formed XML (WML, XHTML) is read strictly; all else by a browser's own rules. The forgiving mode of XML parsers is
never used: it damages the targets of links.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from lxml import etree
from selectolax.lexbor import LexborHTMLParser, LexborNode

from dialtest.adverts.page_source import shallow

MOST_PIECES = 60_000
"""Elements and texts of a page that are looked at."""

IS_XML = re.compile(
    r"\s*(?:<\?xml[^>]*\?>\s*)?(?:<!--.{0,2000}?-->\s*)*(?:<!DOCTYPE\s+(?:wml|html\s+PUBLIC\s+\"-//[^\"]*(?:XHTML|WML)))?",
    re.I | re.S,
)
XML_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,300}\?>")
LONGEST_ATTRIBUTE = 4096


@dataclass(slots=True, eq=False)
class Element:
    """One element; `order` counts elements from the start of the page."""

    tag: str
    attributes: dict[str, str]
    parent: Element | None
    order: int

    def within(self) -> Iterator[Element]:
        """This element and those around it, innermost first."""
        element: Element | None = self
        while element is not None:
            yield element
            element = element.parent

    def get(self, name: str) -> str:
        return self.attributes.get(name, "")


@dataclass(slots=True, eq=False)
class Text:
    """A run of text directly inside `element`."""

    value: str
    element: Element


@dataclass(slots=True)
class Page:
    """Elements and texts in source order, and the elements alone."""

    pieces: list[Element | Text] = field(default_factory=list)
    elements: list[Element] = field(default_factory=list)

    def open(self, tag: str, attributes: dict[str, str], parent: Element | None) -> Element:
        element = Element(tag.lower(), attributes, parent, len(self.elements))
        self.elements.append(element)
        self.pieces.append(element)
        return element

    def say(self, value: str | None, element: Element | None) -> None:
        if value and element is not None:
            self.pieces.append(Text(value, element))

    @property
    def full(self) -> bool:
        return len(self.pieces) >= MOST_PIECES


def parsed(source: str) -> Page:
    """The page of any text at all; never raises."""
    if _looks_like_xml(source):
        strict = _strict(source)
        if strict is not None:
            return strict
    return _forgiving(source)


def _looks_like_xml(source: str) -> bool:
    head = source[:4000].lower()
    return head.lstrip().startswith("<?xml") or "<wml" in head or "//dtd xhtml" in head


def _strict(source: str) -> Page | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, dtd_validation=False, huge_tree=False
    )
    try:
        root = etree.fromstring(XML_DECLARATION.sub("", source, count=1).strip().encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    page = Page()
    stack: list[tuple[etree._Element, Element | None, bool]] = [(root, None, True)]
    while stack and not page.full:
        node, parent, entering = stack.pop()
        if not entering:
            page.say(node.tail, parent)
            continue
        stack.append((node, parent, False))
        tag: object = node.tag
        if isinstance(tag, str):
            element = page.open(
                _local(tag), {_local(str(k)): str(v)[:LONGEST_ATTRIBUTE] for k, v in node.attrib.items()}, parent
            )
            page.say(node.text, element)
            stack.extend((child, element, True) for child in reversed(node))
        elif tag is etree.Entity:
            page.say(html.unescape(node.text or ""), parent)
    return page


def _local(name: str) -> str:
    return name.rpartition("}")[2].lower()


def _forgiving(source: str) -> Page:
    page = Page()
    root = LexborHTMLParser(shallow(source)).root
    if root is None:
        return page
    stack: list[tuple[LexborNode, Element | None]] = [(root, None)]
    pieces = page.pieces
    while stack and len(pieces) < MOST_PIECES:
        node, parent = stack.pop()
        tag = node.tag or ""
        if node.next is not None and parent is not None:
            stack.append((node.next, parent))
        if tag == "-text":
            page.say(node.text(deep=False), parent)
        elif not tag.startswith(("-", "!")):
            found = node.attributes
            attributes = (
                {name.lower(): (value or "")[:LONGEST_ATTRIBUTE] for name, value in found.items()} if found else {}
            )
            element = page.open(tag, attributes, parent)
            if node.child is not None:
                stack.append((node.child, element))
    return page
