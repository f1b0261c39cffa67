"""What every part of the carrier stands on: policy, time, delivery, services, planted faults."""

from __future__ import annotations

from datetime import datetime

from dialtest.model.service import Service
from dialtest.policy.policy import Policy
from dialtest.policy.terms import Terms
from dialtest.sandbox.agenda import Agenda
from dialtest.sandbox.conduct import HONEST, Conduct, Notice
from dialtest.sandbox.delivery import Deliver, Delivery, Outages
from dialtest.sandbox.filings import Filings
from dialtest.sandbox.ledger import Account
from dialtest.sandbox.link import Line, Link, honest_fate, prompt_fate
from dialtest.sandbox.planted import FaultPlan
from dialtest.sandbox.watch import Watch


class Core:
    """The carrier's common ground. `synchronisation`: how BOSS and MISC are kept in step; None: they are one (Q3)."""

    def __init__(
        self,
        policy: Policy,
        filings: Filings,
        faults: FaultPlan,
        agenda: Agenda,
        deliver: Deliver,
        seed: int,
    ) -> None:
        self.policy = policy
        self.filings = filings
        self.faults = faults
        self.agenda = agenda
        self.seed = seed
        self.outages = Outages(seed)
        self.delivery = Delivery(agenda, self.outages, deliver)
        self.synchronisation = policy.terms(agenda.now).synchronisation
        every_s = self.synchronisation.repeated_every_s if self.synchronisation else 0
        self.link = Link(agenda, every_s, honest_fate if self.synchronisation else prompt_fate)
        self.watch = Watch()

    @property
    def now(self) -> datetime:
        return self.agenda.now

    @property
    def terms(self) -> Terms:
        """The terms in force now."""
        return self.policy.terms(self.agenda.now)

    def conduct(self, service: Service, account: Account, when: datetime | None = None) -> Conduct:
        """How the service's provider treats this subscriber."""
        if not self.faults.planted:
            return HONEST
        return self.faults.conduct(service.key, account.number.msisdn, when or self.now)

    def line(self, account: Account) -> Line:
        """The subscriber's line between BOSS and MISC."""
        line = account.line
        if line is None:
            line = account.line = Line(account.chance.another())
        return line

    def send(self, account: Account, notice: Notice) -> None:
        """Let a notice go out `delay_s` from now."""
        self.delivery.send(account.number.msisdn, notice.sender, notice.text, notice.delay_s, account.chance)
