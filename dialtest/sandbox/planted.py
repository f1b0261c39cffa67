"""Which faults are planted on which services, and on whom they strike."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from dialtest.sandbox.chance import draw
from dialtest.sandbox.conduct import HONEST, Conduct


@dataclass(frozen=True, slots=True)
class Planted:
    """One fault on some services: it strikes a `share` of their dials (number × service), from `since` on,
    and is mended at `until`.
    """

    fault: str
    services: frozenset[str]
    conduct: Conduct
    share: float = 1.0
    since: datetime | None = None
    until: datetime | None = None

    def strikes(self, seed: int, service: str, msisdn: str, when: datetime) -> bool:
        """Whether it strikes this number on this service; the same answer whenever and wherever it is asked."""
        if (self.since is not None and when < self.since) or (self.until is not None and when >= self.until):
            return False
        return self.share >= 1 or draw(seed, self.fault, service, msisdn) < self.share


class FaultPlan:
    """All planted faults of a carrier; one order meets the first that strikes, or an honest provider."""

    def __init__(self, planted: Sequence[Planted], seed: int) -> None:
        self._seed = seed
        self.planted = tuple(planted)
        self._by_service: Mapping[str, tuple[Planted, ...]] = {
            service: tuple(fault for fault in planted if service in fault.services)
            for service in {key for fault in planted for key in fault.services}
        }

    def conduct(self, service: str, msisdn: str, when: datetime) -> Conduct:
        """How the provider of `service` treats this number from `when` on."""
        for fault in self._by_service.get(service, ()):
            if fault.strikes(self._seed, service, msisdn, when):
                return fault.conduct
        return HONEST
