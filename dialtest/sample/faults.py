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

SERVICES_OF_A_FAULT = 2
INTERMITTENT_SHARES = (0.3, 0.35, 0.4, 0.45, 0.5)


def mended_on(policy: Policy) -> date:
    """When the providers of a sample that heed the campaign have mended their ways: after its third phase (D5)."""
    return (policy.starts + (policy.ends - policy.starts) * 3 // 7).replace(day=1)


def choose_faults(
    services: Sequence[Service], country: str, seed: int, mended: date | None = None
) -> tuple[FaultSettings, ...]:
    """Every fault of a provider on up to two services, of the carrier on one, and five once more for a share of dials.

    From `mended` on one of two providers behaves: the campaign has had its effect on it (D5).

    No service has two faults, for an order meets only the first that strikes. Faults that fit few services choose
    first. A fault for which nothing is left is left out. Each fault draws lots of its own, so that a new one moves
    few others.
    """
    fitting = {
        name: _by_lot([service.key for service in services if fault.fits(service)], name, seed)
        for name, fault in ALL_FAULTS.items()
        if not fault.markets or country in fault.markets
    }
    free = {service.key for service in services}
    chosen: dict[str, list[str]] = {name: [] for name in fitting}
    for place in range(SERVICES_OF_A_FAULT):
        for name in sorted(fitting, key=lambda name: (len(fitting[name]), name)):
            if place == 0 or not _is_carriers(name):
                chosen[name] += _take(fitting[name], free)
    always = [FaultSettings(name, tuple(sorted(keys))) for name, keys in chosen.items() if keys]
    return (*_some_mended(always, mended), *_intermittent(always, fitting, free))


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


def _intermittent(
    always: Sequence[FaultSettings], fitting: Mapping[str, Sequence[str]], free: set[str]
) -> list[FaultSettings]:
    """Some of the time: faults spread over the list, each with a share of its own."""
    apart = max(1, len(always) // len(INTERMITTENT_SHARES))
    found = []
    for fault, share in zip(always[::apart], INTERMITTENT_SHARES, strict=False):
        keys = _take(fitting[fault.name], free)
        if keys:
            found.append(FaultSettings(fault.name, tuple(keys), share))
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
