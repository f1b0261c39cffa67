"""The hotline's own books, asked for over HTTP before and after a run: was every unanswered call recorded (H3)?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.error import URLError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import msgspec
from msgspec import Struct

from load.measured import Measured

LARGEST = 1_000_000
PATIENCE_S = 5.0


class BrandBooks(Struct, frozen=True):
    """A brand's counts, of those `GET /state` tells."""

    brand: str
    calls: int
    abandoned: int
    recorded: int
    called_back: int
    settled: int


class HotlineBooks(Struct, frozen=True):
    """What `GET /state` tells of interest here."""

    brands: tuple[BrandBooks, ...]


def read_books(http: str) -> HotlineBooks | None:
    """The hotline's books; None where it does not show any."""
    try:
        request = Request(f"{http}/state", headers={"Accept": "application/json"})  # noqa: S310 - checked by `http_at`
        with urlopen(request, timeout=PATIENCE_S) as answer:  # noqa: S310 - the same
            return msgspec.json.decode(answer.read(LARGEST), type=HotlineBooks)
    except (OSError, URLError, ValueError, msgspec.MsgspecError):
        return None


def http_at(text: str) -> str:
    """`http://host:port` of `127.0.0.1:8087` or a URL; raises ValueError for anything else."""
    parts = urlsplit(text if "://" in text else f"http://{text}")
    if parts.scheme != "http" or not parts.hostname or parts.path.strip("/") or parts.query or parts.username:
        raise ValueError(text)
    return f"http://{parts.hostname}:{parts.port or 80}"


def with_books(measured: Measured, before: HotlineBooks | None, after: HotlineBooks | None) -> Measured:
    """The measurement with what the hotline recorded meanwhile; as it is where the hotline told nothing."""
    if before is None or after is None:
        return measured
    grown = {brand.brand: brand for brand in _growth(before.brands, after.brands)}
    brands = []
    for one in measured.brands:
        books = grown.get(one.brand)
        if books is not None:
            tally = replace(one.tally, recorded=books.recorded, called_back=books.called_back, settled=books.settled)
            one = msgspec.structs.replace(one, tally=tally)
        brands.append(one)
    ours = [grown[one.brand] for one in measured.brands if one.brand in grown]
    return msgspec.structs.replace(
        measured,
        brands=tuple(brands),
        hotline_attempts=sum(one.calls for one in ours),
        hotline_unrecorded=sum(max(one.abandoned - one.recorded, 0) for one in ours),
    )


def _growth(before: Sequence[BrandBooks], after: Sequence[BrandBooks]) -> list[BrandBooks]:
    known = {one.brand: one for one in before}
    names = ("calls", "abandoned", "recorded", "called_back", "settled")
    grown = []
    for one in after:
        was = known.get(one.brand)
        counts = {name: getattr(one, name) - (getattr(was, name) if was else 0) for name in names}
        grown.append(BrandBooks(one.brand, **{name: max(count, 0) for name, count in counts.items()}))
    return grown
