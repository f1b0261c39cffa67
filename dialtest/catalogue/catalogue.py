"""The catalogue: every service as filed, with its adverts, and every problem of the files it came from."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dialtest.catalogue.adverts import attach_adverts
from dialtest.catalogue.columns import SERVICE_HEADERS
from dialtest.catalogue.filing import NEEDED, read_filing
from dialtest.catalogue.row_reader import read_rows
from dialtest.language import _
from dialtest.model.service import Service
from dialtest.problem import Problem, Problems, raise_if_any


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Services by key, in the order of the file. `ignored` are columns nobody knows; a row with a problem is in none
    but `problems`.
    """

    services: Mapping[str, Service]
    problems: Problems
    ignored: list[str] = field(default_factory=list)


def load_catalogue(path: Path, adverts_path: Path | None = None, currency: str = "") -> Catalogue:
    """The services in a CSV or XLSX file and the adverts that go with them; never raises, `problems` has everything.

    currency: the market's (CNY, GBP); a tariff in another one is a problem; empty: any will do.
    """
    problems = Problems()
    services: dict[str, Service] = {}
    rows: dict[str, int] = {}
    ignored: list[str] = []
    for row in read_rows(path, SERVICE_HEADERS, NEEDED, problems, ignored):
        service = read_filing(row, currency)
        key = service.key
        if key in rows and service.provider_code and service.service_code:
            expected = _("a key no other row has; row {row} has it already").format(row=rows[key])
            remedy = _("Remove one of the two, or correct its codes.")
            row.wrong("service_code", "duplicate key", key, expected, remedy)
        rows.setdefault(key, row.number)
        if not row.bad:
            services[key] = service
    if not rows and not problems:
        problems.add(Problem(path.name, "no rows", _("Add one row per service."), "", _("services below the header")))
    if adverts_path is not None:
        attach_adverts(adverts_path, services, problems, rows)
    return Catalogue(services, problems, ignored)


def load_whole_catalogue(path: Path, adverts_path: Path | None = None, currency: str = "") -> Mapping[str, Service]:
    """The services, or DialtestError with every problem."""
    catalogue = load_catalogue(path, adverts_path, currency)
    raise_if_any(catalogue.problems)
    return catalogue.services
