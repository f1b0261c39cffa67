"""The embedded carrier with a memory: a ledger of its acts from which a restart rebuilds it, and a delivery log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from hashlib import sha256

import msgspec

from dialtest.errors import DialtestError
from dialtest.model.observation import AnyObservation, Message
from dialtest.sandbox.agenda import Agenda
from dialtest.sandbox.carrier import Carrier
from dialtest.sandbox.filings import Filings
from dialtest.sandbox.planted import FaultPlan, Planted
from dialtest.script.cast import Cast
from dialtest.served.act_ledger import ActLedger, LedgerAct
from dialtest.wire.http_act import AnyActOnWire, from_wire
from dialtest.wire.http_exchange import Arrived, write

_act_decoder: msgspec.json.Decoder[AnyActOnWire] = msgspec.json.Decoder(AnyActOnWire)


class ReplayableCarrier:
    """Performs acts at its own time and remembers both; whoever holds it says how far time may go.

    Raises DialtestError when the ledger's acts, done again, bring anything else than they brought then.
    """

    def __init__(self, cast: Cast, faults: Sequence[Planted], begins: datetime, ledger: ActLedger) -> None:
        self._policy = cast.policy
        self._ledger = ledger
        self._agenda = Agenda(cast.policy.local(begins))
        self.log: list[Arrived] = []
        self._events = 0
        numbers = [cast.numbers[msisdn] for msisdn in sorted(cast.numbers)]
        plan = FaultPlan(faults, cast.seed)
        filings = Filings(cast.services.values())
        self._carrier = Carrier(cast.policy, filings, numbers, plan, self._agenda, self._arrive, cast.seed)
        self._replay()

    @property
    def identity(self) -> str:
        return self._ledger.identity

    @property
    def now(self) -> datetime:
        return self._agenda.now

    @property
    def cursor(self) -> int:
        """The last cursor of the delivery log."""
        return len(self.log)

    def perform(self, client: str, msisdn: str, act: AnyActOnWire) -> AnyObservation:
        """Do an act now; it is in the ledger when this returns. Raises CouldNotTest when it cannot be kept there."""
        at, events = self.now, self._events
        result = self._carrier.perform(msisdn, from_wire(act))
        self._ledger.append(LedgerAct(client, msisdn, write(act).decode(), at, events, write(result).decode()))
        return result

    def next_time(self) -> datetime | None:
        """When the network's next event happens."""
        return self._agenda.next_time()

    def advance(self, until: datetime) -> None:
        """Let everything up to and including `until` happen."""
        until = self._policy.local(until)
        last = until.timestamp()
        while self._agenda.step(last):
            self._events += 1
        self._agenda.turn_to(until)

    def keep_clock(self) -> None:
        """Make the present time durable, before a client learns it."""
        self._ledger.keep_clock(self.now, self._events)

    def _arrive(self, msisdn: str, message: Message) -> None:
        self.log.append(Arrived(len(self.log) + 1, msisdn, message))

    def _replay(self) -> None:
        for number, act in enumerate(self._ledger.acts(), 1):
            self._go_to(act.at, act.events)
            result = self._carrier.perform(act.msisdn, from_wire(_act_decoder.decode(act.act)))
            if write(result).decode() != act.result:
                raise DialtestError(
                    f"Act {number} of the ledger {self._ledger.path} brings something else than it brought then.",
                    "The program that made the ledger was another version; give a new file with --ledger.",
                )
        clock = self._ledger.clock()
        if clock is not None:
            self._go_to(*clock)

    def _go_to(self, when: datetime, events: int) -> None:
        """Let exactly as many events happen as had happened then, so that ties fall as they fell."""
        while self._events < events and self._agenda.step():
            self._events += 1
        self._agenda.turn_to(self._policy.local(when))


def made_of(cast: Cast, faults: Sequence[Planted], begins: datetime) -> str:
    """A digest of everything a carrier's behaviour follows from."""
    parts: list[object] = [cast.policy.digest, cast.seed, begins.isoformat()]
    parts += [msgspec.to_builtins(cast.services[key]) for key in sorted(cast.services)]
    parts += [msgspec.to_builtins(cast.numbers[key]) for key in sorted(cast.numbers)]
    parts += [[one.fault, sorted(one.services), one.share, str(one.since), str(one.until)] for one in faults]
    return sha256(msgspec.json.encode(parts)).hexdigest()
