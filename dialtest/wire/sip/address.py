"""SIP and tel URIs (RFC 3261 §19.1, RFC 3966), and the addresses of To, From, Contact and Route (§20.10)."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote

from msgspec import Struct

from dialtest.wire.sip.grammar import (
    TOKEN,
    Parameters,
    host_and_port,
    quoted,
    read_parameters,
    split,
    unquoted,
    value_of,
    write_parameters,
)
from dialtest.wire.sip.refusal import Garbled

DEFAULT_PORT = 5060
_USER_SAFE = "-_.!~*'()&=+$,;?/"  # unreserved and user-unreserved of §25.1
_USER = re.compile(r"(?:[A-Za-z0-9\-_.!~*'()&=+$,;?/]|%[0-9A-Fa-f]{2})+")
_TEL = re.compile(r"\+?[0-9A-Fa-f*#().\-]{1,40}")
_URI_REST = re.compile(r"[A-Za-z0-9\-_.!~*'()\[\]/:&+$%?=@,;]*")


class Uri(Struct, frozen=True):
    """A `sip:`, `sips:` or `tel:` URI. `user` is unescaped; of a tel URI it is the number, and `host` is empty.

    `headers` is what stands behind `?`, as it stands.
    """

    scheme: str
    user: str
    host: str
    port: int | None = None
    parameters: Parameters = ()
    headers: str = ""

    def parameter(self, name: str) -> str | None:
        """A parameter's value; empty where it has none, None where it is not there."""
        return value_of(self.parameters, name)

    @property
    def hop(self) -> tuple[str, int]:
        """Host and port a request for this URI is sent to over UDP (RFC 3263 §4.2, without DNS)."""
        return self.parameter("maddr") or self.host, self.port or DEFAULT_PORT

    def __str__(self) -> str:
        if self.scheme == "tel":
            return f"tel:{self.user}{write_parameters(self.parameters)}"
        user = f"{quote(self.user, safe=_USER_SAFE)}@" if self.user else ""
        port = f":{self.port}" if self.port is not None else ""
        headers = f"?{self.headers}" if self.headers else ""
        return f"{self.scheme}:{user}{self.host}{port}{write_parameters(self.parameters)}{headers}"


class Address(Struct, frozen=True):
    """A name-addr with the parameters behind it: `"Li" <sip:+86138@h>;tag=x`. `parameters` are the header's own."""

    uri: Uri
    name: str = ""
    parameters: Parameters = ()

    @property
    def tag(self) -> str | None:
        """The dialog's tag; None where none was given yet."""
        return value_of(self.parameters, "tag")

    def with_tag(self, tag: str) -> Address:
        """The same address with that tag; it must have none."""
        return Address(self.uri, self.name, (*self.parameters, ("tag", tag)))

    def __str__(self) -> str:
        name = f"{quoted(self.name)} " if self.name else ""
        return f"{name}<{self.uri}>{write_parameters(self.parameters)}"


def read_uri(text: str) -> Uri:
    """A URI; raises Garbled for what is none, with status 416 for another scheme (RFC 3261 §8.2.2.1)."""
    scheme, colon, rest = text.partition(":")
    scheme = scheme.lower()
    if not colon or not TOKEN.fullmatch(scheme):
        raise Garbled(f"{text[:60]!r} is no URI")
    if scheme == "tel":
        return _read_tel(rest)
    if scheme not in ("sip", "sips"):
        raise Garbled(f"the scheme of {text[:60]!r} is neither sip nor tel", 416)
    before, at, behind = rest.rpartition("@")
    user = before.partition(":")[0]
    if at and not _USER.fullmatch(user):
        raise Garbled(f"the user of {text[:60]!r} is none")
    place, _, headers = behind.partition("?")
    if not _URI_REST.fullmatch(behind) or "@" in headers:
        raise Garbled(f"{text[:60]!r} holds what no URI may hold")
    host_port, *parameters = place.split(";")
    host, port = host_and_port(host_port)
    return Uri(scheme, _unescaped(user), host.lower(), port, read_parameters(parameters, "a URI"), headers)


def read_address(text: str) -> Address:
    """A name-addr or a bare URI, with parameters; raises Garbled. Those behind a bare URI are the header's (§20)."""
    first, *rest = split(text, ";")
    begin = first.rfind("<")
    if not first.endswith(">") or begin < 0:
        return Address(read_uri(first), "", read_parameters(rest, "an address"))
    name = first[:begin].strip(" \t")
    if name and not name.startswith('"') and not all(TOKEN.fullmatch(word) for word in name.split()):
        raise Garbled(f"the name in {text[:60]!r} should stand in quotes")
    if name.startswith('"') and unquoted(name) == name:
        raise Garbled(f"the name in {text[:60]!r} is not one quoted string")
    return Address(read_uri(first[begin + 1 : -1]), unquoted(name), read_parameters(rest, "an address"))


def _read_tel(rest: str) -> Uri:
    subscriber, *parameters = rest.split(";")
    if not _TEL.fullmatch(subscriber) or not _URI_REST.fullmatch(rest):
        raise Garbled(f"{rest[:60]!r} is no telephone number")
    return Uri("tel", subscriber, "", None, read_parameters(parameters, "a URI"))


def _unescaped(user: str) -> str:
    try:
        return unquote(user, errors="strict")
    except UnicodeDecodeError:
        raise Garbled(f"the user {user[:60]!r} is not UTF-8") from None
