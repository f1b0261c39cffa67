"""Planted faults: each one small file, one line in this list."""

from __future__ import annotations

from collections.abc import Mapping

from dialtest.sandbox.faults.charge_over_tariff import ChargeOverTariff
from dialtest.sandbox.faults.fault import Fault

ALL_FAULTS: Mapping[str, type[Fault]] = {
    "charge-over-tariff": ChargeOverTariff,
}
