"""Digest authentication of SIP requests, both sides (RFC 3261 §22, RFC 2617, RFC 7616, RFC 8760): MD5 and SHA-256.

No chance and no clock in here: whoever challenges or answers passes nonces in.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from dialtest.wire.sip.grammar import quoted, read_parameters, split, unquoted
from dialtest.wire.sip.refusal import Garbled

ALGORITHMS = ("SHA-256", "MD5")  # the better first, as RFC 8760 §2.4 has it


class Challenge(Struct, frozen=True):
    """What WWW-Authenticate or Proxy-Authenticate asks for. `qop`: whether `auth` is offered."""

    realm: str
    nonce: str
    algorithm: str = "MD5"
    qop: bool = True
    opaque: str = ""
    stale: bool = False

    def __str__(self) -> str:
        parts = [f"realm={quoted(self.realm)}", f"nonce={quoted(self.nonce)}", f"algorithm={self.algorithm}"]
        parts += ['qop="auth"'] if self.qop else []
        parts += [f"opaque={quoted(self.opaque)}"] if self.opaque else []
        parts += ["stale=true"] if self.stale else []
        return "Digest " + ", ".join(parts)


class Credentials(Struct, frozen=True):
    """What Authorization or Proxy-Authorization brings. `count` and `cnonce` are empty without `qop`."""

    user: str
    realm: str
    nonce: str
    uri: str
    response: str
    algorithm: str = "MD5"
    qop: bool = True
    count: int = 1
    cnonce: str = ""
    opaque: str = ""

    def __str__(self) -> str:
        parts = [f"username={quoted(self.user)}", f"realm={quoted(self.realm)}", f"nonce={quoted(self.nonce)}"]
        parts += [f"uri={quoted(self.uri)}", f"response={quoted(self.response)}", f"algorithm={self.algorithm}"]
        parts += [f"qop=auth, nc={self.count:08x}, cnonce={quoted(self.cnonce)}"] if self.qop else []
        parts += [f"opaque={quoted(self.opaque)}"] if self.opaque else []
        return "Digest " + ", ".join(parts)


def response_of(given: Credentials, password: str, method: str) -> str:
    """The `response` that these credentials must have (RFC 7616 §3.4.1).

    RFC 2617 §3.5: Mufasa, “Circle Of Life”, GET /dir/index.html gives 6629fae49393a05397450978507c4ef1.
    """
    first = _hashed(given.algorithm, f"{given.user}:{given.realm}:{password}")
    second = _hashed(given.algorithm, f"{method}:{given.uri}")
    if not given.qop:
        return _hashed(given.algorithm, f"{first}:{given.nonce}:{second}")
    middle = f"{given.nonce}:{given.count:08x}:{given.cnonce}:auth"
    return _hashed(given.algorithm, f"{first}:{middle}:{second}")


def credentials_for(
    challenge: Challenge, user: str, password: str, method: str, uri: str, cnonce: str, count: int = 1
) -> Credentials:
    """The client's answer to a challenge; `cnonce` is its own nonce, `count` how often it has used the challenge's."""
    asked = Credentials(
        user,
        challenge.realm,
        challenge.nonce,
        uri,
        "",
        challenge.algorithm,
        challenge.qop,
        count,
        cnonce if challenge.qop else "",
        challenge.opaque,
    )
    return replace(asked, response=response_of(asked, password, method))


def right(given: Credentials, user: str, password: str, method: str, realm: str, uri: str) -> bool:
    """Whether credentials prove that their sender knows the password, for that request; the nonce is the asker's to
    check. Takes as long whatever is wrong.
    """
    known = hmac.compare_digest(given.response.lower().encode(), response_of(given, password, method).encode())
    return known and (given.user, given.realm, given.uri) == (user, realm, uri)


def best(challenges: Sequence[Challenge]) -> Challenge | None:
    """The challenge to answer: the first of an algorithm we know (RFC 8760 §2.4); None where there is none."""
    return next((one for one in challenges if one.algorithm in ALGORITHMS), None)


def read_challenge(text: str) -> Challenge:
    """A challenge of any algorithm; raises Garbled for what is none."""
    found = _parameters(text, "a challenge")
    realm, nonce = _needed(found, "realm"), _needed(found, "nonce")
    offered = [one.strip().lower() for one in found.get("qop", "").split(",")]
    if found.get("qop") and "auth" not in offered:
        raise Garbled(f"the qop {found['qop'][:40]!r} does not offer auth")
    stale = found.get("stale", "").lower() == "true"
    return Challenge(realm, nonce, _algorithm(found), "auth" in offered, found.get("opaque", ""), stale)


def read_credentials(text: str) -> Credentials:
    """Credentials of an algorithm we know, with qop=auth or none; raises Garbled for everything else."""
    found = _parameters(text, "credentials")
    user, realm, nonce, uri, response = (
        _needed(found, name) for name in ("username", "realm", "nonce", "uri", "response")
    )
    qop, count, cnonce = found.get("qop"), found.get("nc", ""), found.get("cnonce", "")
    if qop not in (None, "auth") or _algorithm(found) not in ALGORITHMS:
        raise Garbled(f"qop {qop!r} with {_algorithm(found)[:20]!r} is not what was offered")
    if qop and not (len(count) == 8 and cnonce and all(digit in "0123456789abcdefABCDEF" for digit in count)):
        raise Garbled(f"the nonce count {count[:20]!r} is not eight hexadecimal digits, or cnonce is missing")
    used = int(count, 16) if qop else 1
    opaque = found.get("opaque", "")
    return Credentials(user, realm, nonce, uri, response, _algorithm(found), bool(qop), used, cnonce, opaque)


def _parameters(text: str, what: str) -> dict[str, str]:
    scheme, _, rest = text.strip().partition(" ")
    if scheme.lower() != "digest":
        raise Garbled(f"{what} of the scheme {scheme[:20]!r}; only Digest is spoken")
    return {name: unquoted(value or "") for name, value in read_parameters(split(rest, ","), what)}


def _needed(found: dict[str, str], name: str) -> str:
    if not found.get(name):
        raise Garbled(f"the digest has no {name}")
    return found[name]


def _algorithm(found: dict[str, str]) -> str:
    return found.get("algorithm", "MD5").upper()


def _hashed(algorithm: str, text: str) -> str:
    if algorithm == "SHA-256":
        return hashlib.sha256(text.encode()).hexdigest()
    return hashlib.md5(text.encode(), usedforsecurity=False).hexdigest()
