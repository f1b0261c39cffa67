"""Whom a load run may load: hosts on a list; this machine alone, unless the user names others."""

from __future__ import annotations

import re
from collections.abc import Collection
from ipaddress import ip_address
from socket import AF_INET, SOCK_DGRAM, gaierror, getaddrinfo

from dialtest.errors import DialtestError
from dialtest.language import _
from load.callers.line import Hop

SIP_PORT = 5060
_PLACE = re.compile(r"(?:sips?:)?(?:[^@\s]*@)?(\[[0-9A-Fa-f:.]+\]|[A-Za-z0-9._-]{1,253})(?::(\d{1,5}))?/?")


def hotline_at(text: str, allowed: Collection[str]) -> Hop:
    """IPv4 address and port of `127.0.0.1:5086` or `sip:127.0.0.1:5086`.

    Raises DialtestError for what is no such place, whose name is not known, or that is not on the list.
    """
    found = _PLACE.fullmatch(text.strip())
    port = int(found[2] or SIP_PORT) if found else 0
    if found is None or not 0 < port < 65_536 or found[1].startswith("["):
        problem = _("“{text}” is no host and port of a hotline.").format(text=text[:100])
        raise DialtestError(problem, _("Write it as 127.0.0.1:5086."))
    try:
        address = str(getaddrinfo(found[1], port, AF_INET, SOCK_DGRAM)[0][4][0])
    except (gaierror, UnicodeError):
        problem = _("The host {host} is not known.").format(host=found[1])
        raise DialtestError(problem, _("Write its IPv4 address.")) from None
    if not is_allowed(address, allowed) and found[1] not in allowed:
        problem = _("{host} is not on the list of hosts that may be loaded.").format(host=found[1])
        remedy = _("If it is yours to load, and its operator knows: --allow-host {host}")
        raise DialtestError(problem, remedy.format(host=found[1]))
    return address, port


def is_allowed(host: str, allowed: Collection[str]) -> bool:
    """Whether datagrams may be sent to a host: this machine itself, or an address on the list."""
    try:
        return host in allowed or ip_address(host).is_loopback
    except ValueError:
        return False
