"""Whether a reader can see and read a text on a page: size, colour against background, the ways of not showing it."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Literal

from dialtest.adverts.page_tree import Element
from dialtest.adverts.style_sheet import Declarations, StyleSheet

Concealment = Literal["not_displayed", "off_screen", "tiny", "low_contrast"]

TINY_PX = 8.0
"""Letters smaller than this are not read on a handset *(ours)*."""

LOW_CONTRAST = 2.0
"""Contrast ratio (WCAG 2.1, 1.4.3, which asks for 4.5) below which a text is hidden in plain sight *(ours)*."""

UNSHOWN_TAGS = frozenset(["script", "style", "template", "head", "title", "meta", "link", "object", "iframe", "param"])
SPEAKING_TAGS = UNSHOWN_TAGS | {"small", "sub", "sup"}
SPEAKING_ATTRIBUTES = frozenset(["style", "color", "text", "bgcolor", "background", "size", "hidden", "type"])
"""All else says nothing of an element's look, as long as no style sheet names it."""
FONT_WORDS = {
    "xx-small": 9.0,
    "x-small": 10.0,
    "small": 13.0,
    "medium": 16.0,
    "large": 18.0,
    "x-large": 24.0,
    "xx-large": 32.0,
}
FONT_NUMBERS = {"1": 10.0, "2": 13.0, "3": 16.0, "4": 18.0, "5": 24.0, "6": 32.0, "7": 48.0}
PX = {"px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0, "rem": 16.0}
LENGTH = re.compile(r"(-?\d{0,6}\.?\d{1,6})(px|pt|pc|mm|cm|in|rem|em|ex|%)?(?![\w%])")
NAMED = {
    "white": (255, 255, 255), "black": (0, 0, 0), "red": (255, 0, 0), "green": (0, 128, 0),
    "blue": (0, 0, 255), "yellow": (255, 255, 0), "gray": (128, 128, 128), "grey": (128, 128, 128),
    "silver": (192, 192, 192), "lightgray": (211, 211, 211), "whitesmoke": (245, 245, 245),
    "gainsboro": (220, 220, 220), "snow": (255, 250, 250), "ivory": (255, 255, 240), "orange": (255, 165, 0),
    "navy": (0, 0, 128), "maroon": (128, 0, 0),
}  # fmt: skip
HEX = re.compile(r"#([0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})(?![0-9a-f])")
BETWEEN_VALUES = re.compile(r"\s+(?![^(]*\))")
RGB = re.compile(r"rgba?\(\s*(\d{1,3})[\s,]+(\d{1,3})[\s,]+(\d{1,3})(?:[\s,/]+(\d{0,3}\.?\d{1,4})%?)?\s*\)")

Colour = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class Look:
    """How text directly inside an element looks; handed down from element to element.

    font_px: letter height in CSS pixels. background: None where a picture lies behind the text.
    """

    font_px: float = 16.0
    colour: Colour | None = (0, 0, 0)
    background: Colour | None = (255, 255, 255)
    displayed: bool = True
    visible: bool = True
    on_screen: bool = True

    @property
    def concealed(self) -> tuple[Concealment, ...]:
        """Every reason why the text is not read; empty for honest text."""
        reasons: list[Concealment] = []
        if not (self.displayed and self.visible):
            reasons.append("not_displayed")
        if not self.on_screen:
            reasons.append("off_screen")
        if self.font_px < TINY_PX:
            reasons.append("tiny")
        if self.colour and self.background and contrast(self.colour, self.background) < LOW_CONTRAST:
            reasons.append("low_contrast")
        return tuple(reasons)


def look_of(element: Element, outer: Look, sheet: StyleSheet) -> Look:
    """The look of an element inside something that looks like `outer`."""
    if sheet.empty and SPEAKING_ATTRIBUTES.isdisjoint(element.attributes):
        if element.tag not in SPEAKING_TAGS:
            return outer
        if element.tag in UNSHOWN_TAGS:
            return _undisplayed(outer)
    said = sheet.declared(element)
    return replace(
        outer,
        font_px=_font_px(element, said, outer.font_px),
        colour=_colour(said.get("color") or element.get("color") or element.get("text"), outer.colour),
        background=_background(element, said, outer.background),
        displayed=outer.displayed and not _is_unshown(element, said),
        visible=said.get("visibility", "visible" if outer.visible else "hidden") not in ("hidden", "collapse"),
        on_screen=outer.on_screen and not _is_off_screen(said),
    )


@lru_cache(maxsize=256)
def _undisplayed(outer: Look) -> Look:
    return replace(outer, displayed=False)


def contrast(one: Colour, other: Colour) -> float:
    """WCAG 2.1 contrast ratio, 1 (equal) to 21 (black on white)."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: Colour) -> float:
    red, green, blue = (c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4 for c in colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _is_unshown(element: Element, said: Declarations) -> bool:
    if element.tag in UNSHOWN_TAGS or "hidden" in element.attributes or element.get("type").lower() == "hidden":
        return True
    if said.get("display") == "none" or said.get("transform", "").replace(" ", "") == "scale(0)":
        return True
    if "opacity" in said and (_length(said["opacity"], 1.0) or 0.0) < 0.1:
        return True
    cut = said.get("overflow") == "hidden" or said.get("position") == "absolute"
    return cut and any(
        _length(said[side], 16.0, of=10_000.0) in (0.0, 1.0)
        for side in ("height", "max-height", "width")
        if side in said
    )


def _is_off_screen(said: Declarations) -> bool:
    sides = [side for side in ("left", "top") if said.get("position") in ("absolute", "fixed", "relative")] + [
        "text-indent"
    ]
    return any((_length(said[side], 16.0) or 0.0) <= -300 for side in sides if side in said)


def _font_px(element: Element, said: Declarations, outer_px: float) -> float:
    size = said.get("font-size")
    if size is not None:
        return FONT_WORDS.get(size) or _length(size, outer_px, of=outer_px) or (0.0 if size[:1] == "0" else outer_px)
    if element.tag == "font":
        return FONT_NUMBERS.get(element.get("size").strip(), outer_px)
    return outer_px * 0.83 if element.tag in ("small", "sub", "sup") else outer_px


def _length(value: str, em_px: float, of: float = 100.0) -> float | None:
    """Pixels of `12px`, `1.5em`, `80%`; a bare number as it is; None for what is no length."""
    found = LENGTH.match(value)
    if found is None:
        return None
    number, unit = float(found[1]), found[2] or ""
    if unit == "%":
        return number * of / 100
    return number * em_px if unit in ("em", "ex") else number * PX.get(unit, 1.0)


def _colour(value: str, inherited: Colour | None) -> Colour | None:
    value = value.strip().lower()
    if value in NAMED:
        return NAMED[value]
    if found := HEX.match(value):
        digits = found[1] if len(found[1]) >= 6 else "".join(digit * 2 for digit in found[1])
        return int(digits[0:2], 16), int(digits[2:4], 16), int(digits[4:6], 16)
    if found := RGB.match(value):
        if found[4] and float(f"0{found[4]}") < 1:
            return inherited
        return min(255, int(found[1])), min(255, int(found[2])), min(255, int(found[3]))
    return inherited


def _background(element: Element, said: Declarations, outer: Colour | None) -> Colour | None:
    value = said.get("background-color") or said.get("background") or element.get("bgcolor").lower()
    if "url(" in value or "gradient" in value or element.get("background"):
        return None
    parts = (_colour(part, None) for part in BETWEEN_VALUES.split(value))
    return next((colour for colour in parts if colour), outer)
