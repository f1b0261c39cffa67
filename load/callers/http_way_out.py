"""Withdrawals by SMS and web over HTTP, as many at once as there are connections; the rest wait their turn.

Imports gevent, so only Locust user files may import it.
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

import msgspec
from gevent.pool import Pool
from geventhttpclient import HTTPClient

from dialtest.clock import monotonic_s

CONNECTIONS = 32
PATIENCE_S = 10.0
Done = Callable[[int, str, float, float, float, str], None]


class HttpWayOut:
    """`done` is told brand, way, when it was due, begun and ended, and the failure (empty for none)."""

    def __init__(self, base: str, brands: tuple[str, ...], first_number: int, done: Done) -> None:
        parts = urlsplit(base)
        self._client = HTTPClient(
            parts.hostname or "", parts.port or 80, concurrency=CONNECTIONS, connection_timeout=PATIENCE_S,
            network_timeout=PATIENCE_S, headers={"Content-Type": "application/json"},
        )  # fmt: skip
        self._pool = Pool()
        self._brands, self._first_number, self._done = brands, first_number, done

    def withdraw(self, caller: int, brand: int, way: str, scheduled_s: float) -> None:
        """Begin a withdrawal."""
        self._pool.spawn(self._post, caller, brand, way, scheduled_s)

    def close(self) -> None:
        """Drop what is under way."""
        self._pool.kill()
        self._client.close()

    def _post(self, caller: int, brand: int, way: str, scheduled_s: float) -> None:
        begun_s, failure = monotonic_s(), ""
        asked = {"msisdn": str(self._first_number + caller), "channel": way, "brand": self._brands[brand]}
        try:
            answer = self._client.request("POST", "/withdraw", msgspec.json.encode(asked))
            answer.read()
            if answer.status_code >= 300:
                failure = f"withdrawal: status {answer.status_code}"
        except Exception as error:  # noqa: BLE001 - whatever went wrong with the hotline is a count, never the end
            failure = f"withdrawal: {type(error).__name__}"
        self._done(brand, way, scheduled_s, begun_s, monotonic_s(), failure)
