"""Turns the bytes of a page into text that is safe to parse: bounded, decoded, of bearable depth."""

from __future__ import annotations

import codecs
import re

LONGEST_PAGE = 2 * 1024 * 1024
"""Bytes (of text: characters) of a page that are read."""

DEEPEST = 400
"""Elements inside one another; browsers stop near 512, and parsers take time with the square of it."""

MOST_ATTRIBUTES = 200

SHORT_PAGE = 8192
"""Characters up to which no page is dear to parse, whatever its attributes."""

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DECLARED = re.compile(
    rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([\w-]{1,40})|<meta[^>]{0,300}?charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.I
)
CHINESE_ENCODINGS = frozenset({"gb2312", "gbk", "gb18030", "x-gbk", "gb_2312-80", "hz-gb-2312"})

# An unfinished tag reaches to the end: whatever starts matches, so that the search never starts over.
TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)([^>]*)(?:>|\Z)")
NEVER_DEEPENS = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "p", "li", "td", "th", "tr", "dt", "dd", "option", "html", "body", "head",
})  # fmt: skip
WML_EMPTY = re.compile(r"<(go|postfield|prev|refresh|setvar|noop|timer|access)\b([^<>]*?)/>", re.I)


def page_text(page: bytes | str) -> str:
    """The page's source as text. Never raises: what no encoding explains is read with replacement characters."""
    if isinstance(page, bytes):
        page = _decoded(page[:LONGEST_PAGE])
    return page[:LONGEST_PAGE].replace("\x00", "\ufffd")


def _decoded(page: bytes) -> str:
    for mark, encoding in BYTE_ORDER_MARKS:
        if page.startswith(mark):
            return page[len(mark) :].decode(encoding, "replace")
    for name in (_declared(page), "utf-8", "gb18030"):
        decoded = _try(page, name)
        if decoded is not None:
            return decoded
    return page.decode(_declared(page) or "utf-8", "replace")


def _declared(page: bytes) -> str | None:
    found = DECLARED.search(page, 0, 2048)
    if found is None:
        return None
    name = (found[1] or found[2]).decode("ascii").lower()
    if name in CHINESE_ENCODINGS:
        return "gb18030"
    try:
        codec = codecs.lookup(name)
        b"".decode(name)
    except LookupError:
        return None  # an unknown name, or base64 and the like, which is no text encoding
    return "utf-8" if codec.name.startswith(("utf-16", "utf-32", "utf-7")) else codec.name


def _try(page: bytes, encoding: str | None) -> str | None:
    """None where the bytes do not fit. A character cut off at the end of a long page is forgiven."""
    if encoding is None:
        return None
    try:
        return codecs.getincrementaldecoder(encoding)().decode(page, final=len(page) < LONGEST_PAGE)
    except (UnicodeError, LookupError):
        return None


def shallow(source: str) -> str:
    """The source without tags deeper than DEEPEST, and without tags that carry absurdly many attributes."""
    source = WML_EMPTY.sub(r"<\1\2></\1>", source) if "<wml" in source[:2000].lower() else source
    if len(source) <= SHORT_PAGE and source.count("<") <= DEEPEST:
        return source
    depth = skipped = 0

    def kept(tag: re.Match[str]) -> str:
        nonlocal depth, skipped
        closing, name, rest = tag.groups()
        if len(rest) > MOST_ATTRIBUTES and len(rest.split(None, MOST_ATTRIBUTES)) > MOST_ATTRIBUTES:
            return ""
        if name.lower() in NEVER_DEEPENS:
            return tag[0]
        if closing:
            if skipped:
                skipped -= 1
                return ""
            depth = max(0, depth - 1)
        elif depth >= DEEPEST:
            skipped += 1
            return ""
        else:
            depth += 1
        return tag[0]

    return TAG.sub(kept, source)
