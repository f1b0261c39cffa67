"""How refunds are settled with providers (R5): province, first-level BOSS, the province where the provider connects.

Knows the hops and nothing of files; the faults of a hop are in `settlement_conduct`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from dialtest.model.refund_detail import RefundDetail
from dialtest.model.service import Service
from dialtest.policy.terms import SettlementTerms
from dialtest.sandbox.chance import Chance
from dialtest.sandbox.settlement_conduct import HONEST, SettlementConduct

Rows = tuple[RefundDetail, ...]


@dataclass(frozen=True, slots=True)
class Settlement:
    """The files of one settlement: each province's, the first-level BOSS's, and each provider's in its province."""

    provinces: Mapping[str, Rows]
    first_level: Rows
    providers: Mapping[tuple[str, str], Rows]

    def rows_for(self, provider_code: str) -> Rows:
        """What a provider may look up: its own rows and no other's (R5)."""
        files = (rows for (_, owner), rows in self.providers.items() if owner == provider_code)
        return tuple(row for rows in files for row in rows if row.provider_code == provider_code)


def access_province(terms: SettlementTerms, service: Service) -> str:
    """Where a service's provider connects: local services at home, national providers each in one province (ours)."""
    if service.scope == "local" or not terms.access_provinces:
        return terms.home_province
    return Chance("access province", service.provider_code).one_of(terms.access_provinces)


def settle(details: Iterable[RefundDetail], conduct: SettlementConduct = HONEST) -> Settlement:
    """Carry refund details from hop to hop; every total stays what it is unless `conduct` meddles (R5)."""
    by_province: dict[str, list[RefundDetail]] = {}
    for row in sorted(details, key=_place):
        by_province.setdefault(row.province, []).append(row)
    provinces = {province: tuple(rows) for province, rows in sorted(by_province.items())}
    arrived = tuple(row for rows in provinces.values() for row in conduct.to_first_level(rows))
    first_level = tuple(sorted(arrived, key=_sorted_by))
    return Settlement(provinces, first_level, conduct.to_providers(_delivered(first_level)))


def _delivered(first_level: Sequence[RefundDetail]) -> dict[tuple[str, str], Rows]:
    """Each provider's rows, for the province where it connects."""
    files: dict[tuple[str, str], list[RefundDetail]] = {}
    for row in first_level:
        files.setdefault((row.access_province, row.provider_code), []).append(row)
    return {key: tuple(rows) for key, rows in files.items()}


def _place(row: RefundDetail) -> tuple[str, ...]:
    return (row.refunded_at.isoformat(), row.reference, row.msisdn, row.service_code, row.kind)


def _sorted_by(row: RefundDetail) -> tuple[str, ...]:
    return (row.access_province, row.provider_code, *_place(row))
