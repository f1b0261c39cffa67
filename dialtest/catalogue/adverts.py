"""Reads the table of adverts and hangs each on its service."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import replace
from datetime import date
from pathlib import Path

from dialtest.catalogue.columns import ADVERT_HEADERS
from dialtest.catalogue.day import read_day
from dialtest.catalogue.filing import read_address, read_code
from dialtest.catalogue.row_reader import RowReader, read_rows
from dialtest.language import _
from dialtest.model.service import Advert, Service
from dialtest.problem import Problems

NEEDED = ("provider_code", "service_code", "channel", "text")


def attach_adverts(path: Path, services: dict[str, Service], problems: Problems, filed: Container[str]) -> None:
    """Replace each service that is advertised by one with its adverts, in the order of the file.

    filed: the keys of all rows of the catalogue, those with problems too, whose adverts are not to blame.
    """
    found: dict[str, list[Advert]] = {}
    for row in read_rows(path, ADVERT_HEADERS, NEEDED, problems):
        key = f"{read_code(row, 'provider_code')}/{read_code(row, 'service_code')}"
        advert = _advert(row)
        if not row.bad and key not in services and key not in filed:
            expected = _("a service of the catalogue")
            row.wrong("service_code", "unknown service", key, expected, _("Correct the codes, or file the service."))
        if not row.bad:
            found.setdefault(key, []).append(advert)
    for key, adverts in found.items():
        if key in services:
            services[key] = replace(services[key], adverts=tuple(adverts))


def _advert(row: RowReader) -> Advert:
    shown_from: date | None = None
    if row.has("date"):
        shown_from = read_day(row, "date")
    return Advert(row.shown("channel", 40), row.shown("text", 2000), read_address(row, "url"), shown_from)
