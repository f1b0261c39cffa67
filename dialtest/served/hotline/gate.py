"""Whom the hotline lets in: digest authentication of new calls (RFC 3261 §22), without memory of who was asked."""

from __future__ import annotations

import hmac
from hashlib import sha256

from dialtest.wire.sip.address import read_uri
from dialtest.wire.sip.digest import ALGORITHMS, Challenge, Credentials, read_credentials, right
from dialtest.wire.sip.pieces import Pieces
from dialtest.wire.sip.refusal import Garbled

NONCE_LASTS_S = 300


class Gate:
    """Challenges and checks by one user and password. A nonce is the time it was given and the hotline's mark of it,
    so that nothing is kept; it may be used again for five minutes.
    """

    def __init__(self, user: str, password: str, realm: str, secret: bytes) -> None:
        self._user = user
        self._password = password
        self._realm = realm
        self._secret = secret

    def lets_in(self, pieces: Pieces, now_s: float) -> bool:
        """Whether a request proves to know the password."""
        given = _given(pieces)
        if given is None or not self._fresh(given.nonce, now_s):
            return False
        if not _same_place(given.uri, pieces.uri.decode()):
            return False
        return right(given, self._user, self._password, pieces.method.decode(), self._realm, given.uri)

    def challenges(self, pieces: Pieces, now_s: float) -> list[tuple[str, str]]:
        """The WWW-Authenticate lines of a 401, MD5 first: older callers read no second one. `stale` tells a client
        whose nonce is too old that its password may be right (RFC 7616 §3.3).
        """
        given, stamp = _given(pieces), f"{int(now_s):x}"
        stale = given is not None and not self._fresh(given.nonce, now_s)
        nonce = f"{stamp}.{self._mark(stamp)}"
        lines = [Challenge(self._realm, nonce, algorithm, stale=stale) for algorithm in reversed(ALGORITHMS)]
        return [("WWW-Authenticate", str(line)) for line in lines]

    def _fresh(self, nonce: str, now_s: float) -> bool:
        stamp, _, mark = nonce.partition(".")
        if not hmac.compare_digest(mark.encode(), self._mark(stamp).encode()):
            return False
        return 0 <= now_s - int(stamp, 16) <= NONCE_LASTS_S + 1

    def _mark(self, stamp: str) -> str:
        return hmac.new(self._secret, stamp.encode(), sha256).hexdigest()[:24]


def _same_place(given: str, asked: str) -> bool:
    """Whether a digest is for the request's URI, or at least for its host: some callers leave the user away."""
    try:
        return given == asked or read_uri(given).hop == read_uri(asked).hop
    except Garbled:
        return False


def _given(pieces: Pieces) -> Credentials | None:
    text = pieces.found.get(b"Authorization")
    try:
        return read_credentials(text.decode()) if text else None
    except (Garbled, UnicodeDecodeError):
        return None
