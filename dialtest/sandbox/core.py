"""What every part of the carrier stands on: policy, time, delivery, services, planted faults, seeded chance."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from random import Random

from dialtest.model.service import Service
from dialtest.policy.policy import Policy
from dialtest.sandbox.agenda import NETWORK_FIRST, Agenda
from dialtest.sandbox.conduct import Conduct, Notice
from dialtest.sandbox.delivery import Deliver, Delivery, Outages
from dialtest.sandbox.ledger import Account
from dialtest.sandbox.planted import FaultPlan


class Core:
    """The carrier's common ground. Chance is drawn per subscriber, so one's fate never depends on another's."""

    def __init__(
        self,
        policy: Policy,
        services: Iterable[Service],
        faults: FaultPlan,
        agenda: Agenda,
        deliver: Deliver,
        seed: int,
    ) -> None:
        self.policy = policy
        self.faults = faults
        self.agenda = agenda
        self.seed = seed
        self.outages = Outages(seed)
        self.delivery = Delivery(agenda, self.outages, deliver, policy.after)
        self.services = {service.key: service for service in services}
        self.by_provider: dict[str, list[Service]] = {}
        for service in self.services.values():
            self.by_provider.setdefault(service.provider_code, []).append(service)
        self._randoms: dict[str, Random] = {}

    @property
    def now(self) -> datetime:
        return self.agenda.now

    def later(self, length: timedelta) -> datetime:
        """`length` of real time from now."""
        return self.policy.after(self.now, length)

    def random(self, msisdn: str) -> Random:
        """The subscriber's own stream of chance."""
        random = self._randoms.get(msisdn)
        if random is None:
            random = self._randoms[msisdn] = Random(f"{self.seed}/{msisdn}")
        return random

    def conduct(self, service: Service, account: Account, when: datetime | None = None) -> Conduct:
        """How the service's provider treats this subscriber."""
        return self.faults.conduct(service.key, account.number.msisdn, when or self.now)

    def send(self, account: Account, notice: Notice) -> None:
        """Let a notice go out `delay_s` from now."""
        if notice.delay_s:
            later = self.later(timedelta(seconds=notice.delay_s))
            self.agenda.at(later, NETWORK_FIRST, self._send_now, account, notice)
        else:
            self._send_now(account, notice)

    def _send_now(self, account: Account, notice: Notice) -> None:
        msisdn = account.number.msisdn
        self.delivery.send(msisdn, notice.sender, notice.text, self.now, self.random(msisdn))
