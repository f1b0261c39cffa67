"""Chooses which services of a sample cheat, and how: each on its own, so that every finding has one cause."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date

from dialtest.model.service import Service
from dialtest.policy.policy import Policy
from dialtest.sandbox.chance import draw
from dialtest.sandbox.faults import ALL_FAULTS
from dialtest.settings import FaultSettings

INTERMITTENT_SHARES = (0.3, 0.35, 0.4, 0.45, 0.5)


def mended_on(policy: Policy) -> date:
    """When the providers of a sample that heed the campaign have mended their ways: after its third phase (D5)."""
    return (policy.starts + (policy.ends - policy.starts) * 3 // 7).replace(day=1)


def choose_faults(
    services: Sequence[Service], country: str, seed: int, mended: date | None = None
) -> tuple[FaultSettings, ...]:
    """Every fault on a service, five once more for a share of dials, then those of a provider on one service more.

    From `mended` on one of two providers behaves: the campaign has had its effect on it (D5).

    No service has two faults, for an order meets only the first that strikes. Faults that fit few services choose
    first. Where no service is left, a fault is left out. Each fault draws lots of its own, so that a new one moves
    few others.
    """
    fitting = {
        name: _by_lot([service.key for service in services if fault.fits(service)], name, seed)
        for name, fault in ALL_FAULTS.items()
        if not fault.markets or country in fault.markets
    }
    choosy = sorted(fitting, key=lambda name: (len(fitting[name]), name))
    free = {service.key for service in services}
    first = {name: _take(fitting[name], free) for name in choosy}
    sometimes = _intermittent([name for name in fitting if first[name]], fitting, free)
    more = {name: [] if _is_carriers(name) else _take(fitting[name], free) for name in choosy}
    always = [FaultSettings(name, tuple(sorted(first[name] + more[name]))) for name in fitting if first[name]]
    return (*_some_mended(always, mended), *sometimes)


def _some_mended(always: Sequence[FaultSettings], mended: date | None) -> Iterator[FaultSettings]:
    for fault in always:
        *others, last = fault.services
        if mended is None or not others:
            yield fault
        else:
            yield replace(fault, services=tuple(others))
            yield replace(fault, services=(last,), until=mended)


def _is_carriers(fault: str) -> bool:
    return ALL_FAULTS[fault].breach == "carrier_duty"


def _intermittent(faults: Sequence[str], fitting: Mapping[str, Sequence[str]], free: set[str]) -> list[FaultSettings]:
    """Faults spread over the list, each with a share of its own."""
    apart = max(1, len(faults) // len(INTERMITTENT_SHARES))
    found = []
    for fault, share in zip(faults[::apart], INTERMITTENT_SHARES, strict=False):
        keys = _take(fitting[fault], free)
        if keys:
            found.append(FaultSettings(fault, tuple(keys), share))
    return found


def _by_lot(keys: Sequence[str], fault: str, seed: int) -> list[str]:
    return sorted(keys, key=lambda key: draw(seed, "sample", fault, key))


def _take(keys: Sequence[str], free: set[str]) -> list[str]:
    """The first that is still free, taken; nothing where none is."""
    key = next((key for key in keys if key in free), None)
    if key is None:
        return []
    free.remove(key)
    return [key]
