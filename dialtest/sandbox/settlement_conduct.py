"""What can go wrong between the hops of a settlement (R5): the honest way, and a small class for each other one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from msgspec.structs import replace

from dialtest.model.refund_detail import RefundDetail

Rows = tuple[RefundDetail, ...]
Files = Mapping[tuple[str, str], Rows]


class SettlementConduct:
    """The honest settlement: every row goes on as it came. `breach` is what the audit must call a dishonest one."""

    breach: ClassVar[str] = ""

    def to_first_level(self, rows: Rows) -> Rows:
        """What arrives at the first-level BOSS of a province's file."""
        return rows

    def to_providers(self, files: Files) -> Files:
        """What is delivered: (access province, provider) → rows."""
        return files


class RowLost(SettlementConduct):
    """The first row of every province never reaches the first-level BOSS (R5)."""

    breach: ClassVar[str] = "lost"

    def to_first_level(self, rows: Rows) -> Rows:
        return rows[1:]


class RowDoubled(SettlementConduct):
    """The first row of every province is taken twice (R5)."""

    breach: ClassVar[str] = "added"

    def to_first_level(self, rows: Rows) -> Rows:
        return rows[:1] + rows


class AmountAltered(SettlementConduct):
    """The first row of every provider's file says one fen more than the first-level BOSS's (R5)."""

    breach: ClassVar[str] = "altered"

    def to_providers(self, files: Files) -> Files:
        return {
            key: (replace(rows[0], amount_fen=rows[0].amount_fen + 1), *rows[1:]) if rows else rows
            for key, rows in files.items()
        }


class RowToStranger(SettlementConduct):
    """Every provider gets the first row of another's file as well (R5)."""

    breach: ClassVar[str] = "stranger"

    def to_providers(self, files: Files) -> Files:
        keys = list(files)
        return {
            key: files[key] + (files[other][:1] if files[other] and other[1] != key[1] else ())
            for key, other in zip(keys, keys[1:] + keys[:1], strict=True)
        }


class FileMisrouted(SettlementConduct):
    """Every provider's file goes to a province where that provider does not connect (R5)."""

    breach: ClassVar[str] = "misrouted"

    def to_providers(self, files: Files) -> Files:
        return {(f"{province}以外", provider): rows for (province, provider), rows in files.items()}


HONEST = SettlementConduct()

ALL_SETTLEMENT_FAULTS: Mapping[str, type[SettlementConduct]] = {
    "refund-row-lost": RowLost,
    "refund-row-doubled": RowDoubled,
    "refund-amount-altered": AmountAltered,
    "refund-row-to-stranger": RowToStranger,
    "refund-file-misrouted": FileMisrouted,
}
