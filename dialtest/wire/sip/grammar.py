"""The grammar that SIP's header values share (RFC 3261 §25.1): tokens, quoted strings, parameters, lists."""

from __future__ import annotations

import re
from collections.abc import Iterable

from dialtest.wire.sip.refusal import Garbled

Parameters = tuple[tuple[str, str | None], ...]

TOKEN = re.compile(r"[A-Za-z0-9\-.!%*_+`'~]+")
HOST = re.compile(r"\[[0-9A-Fa-f:.]{2,45}\]|[A-Za-z0-9](?:[A-Za-z0-9._-]{0,252}[A-Za-z0-9])?\.?")
_CONTROL = re.compile(r"[\x00-\x08\x0a-\x1f\x7f]")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_ESCAPED = re.compile(r"\\(.)")

MOST_PARAMETERS = 64
LARGEST_PORT = 65535


def token(text: str, what: str) -> str:
    """`text`, which must be one token; raises Garbled that names `what`."""
    if not TOKEN.fullmatch(text):
        raise Garbled(f"{what} is {text[:40]!r}, not a token")
    return text


def number(text: str, what: str, most: int) -> int:
    """`text` as a whole number from 0 to `most`, in ASCII digits only; raises Garbled that names `what`."""
    if not (text.isascii() and text.isdigit() and len(text) <= 10) or int(text) > most:
        raise Garbled(f"{what} is {text[:40]!r}; expected is a number from 0 to {most}")
    return int(text)


def host_and_port(text: str) -> tuple[str, int | None]:
    """`127.0.0.1:5060` or `[::1]:5060` as host and port, None where no port stands; raises Garbled."""
    found = HOST.match(text)
    if found is None:
        raise Garbled(f"{text[:60]!r} is no host")
    host, rest = found[0], text[found.end() :]
    if not rest:
        return host, None
    if not rest.startswith(":"):
        raise Garbled(f"{text[:60]!r} is no host and port")
    return host, number(rest[1:], "a port", LARGEST_PORT)


def quoted(text: str) -> str:
    """A text as a quoted string."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def unquoted(text: str) -> str:
    """What a quoted string says; any other text stays as it is."""
    found = _QUOTED.fullmatch(text)
    return _ESCAPED.sub(r"\1", found[1]) if found else text


def one_line(text: str, what: str) -> str:
    """`text`, which must hold no control character, so that nobody smuggles a header into a message we write.

    Raises ValueError that names `what`: such a text is our own mistake, or was not checked when it came in.
    """
    if _CONTROL.search(text):
        raise ValueError(f"{what} holds a control character: {text[:40]!r}")
    return text


def split(text: str, mark: str) -> list[str]:
    """`text` cut at each `mark` outside quotes and angle brackets; raises Garbled where one of these stays open."""
    parts, begin, place = [], 0, 0
    bracket = False
    while place < len(text):
        here = text[place]
        if here == '"' and not bracket:
            found = _QUOTED.match(text, place)
            if found is None:
                raise Garbled(f"a quote is not closed in {text[:60]!r}")
            place = found.end()
            continue
        if here in "<>":
            if bracket == (here == "<"):
                raise Garbled(f"angle brackets do not match in {text[:60]!r}")
            bracket = not bracket
        elif here == mark and not bracket:
            parts.append(text[begin:place].strip(" \t"))
            begin = place + 1
        place += 1
    if bracket:
        raise Garbled(f"angle brackets do not match in {text[:60]!r}")
    return [*parts, text[begin:].strip(" \t")]


def read_parameters(texts: Iterable[str], what: str) -> Parameters:
    """`name=value` texts as parameters, names in lower case; raises Garbled for doubled ones, which two readers would
    read differently.
    """
    found: dict[str, str | None] = {}
    for text in texts:
        name, equals, value = (part.strip(" \t") for part in text.partition("="))
        name = token(name, f"a parameter of {what}").lower()
        if name in found or len(found) >= MOST_PARAMETERS:
            raise Garbled(f"the parameter “{name[:40]}” of {what} stands there twice, or there are too many")
        if equals and not value:
            raise Garbled(f"the parameter “{name[:40]}” of {what} has no value")
        found[name] = value if equals else None
    return tuple(found.items())


def write_parameters(parameters: Parameters) -> str:
    """Parameters as they stand behind a value: `;tag=a;lr`."""
    return "".join(f";{name}" if value is None else f";{name}={value}" for name, value in parameters)


def value_of(parameters: Parameters, name: str) -> str | None:
    """A parameter's value; empty where it has none, None where it is not there."""
    return next((value or "" for known, value in parameters if known == name), None)
