"""What every driver does with a case: open it, journal its intents, outcomes and messages, close it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta

from msgspec import UNSET

from dialtest.campaign.plan import PlannedCase
from dialtest.campaign.spend import Spend
from dialtest.evidence.journal import CaseChain, Journal
from dialtest.evidence.record import AnyRecord, CaseState, Closed, Intent, Opened, Outcome, Seen
from dialtest.model.act import AnyAct, Listen
from dialtest.model.addressee import addressee
from dialtest.model.observation import AnyObservation, Bill, Message, Trouble
from dialtest.model.service import Service
from dialtest.script.case import Case
from dialtest.script.cast import Cast
from dialtest.script.dial import Dial
from dialtest.script.scenario import Scenario

IN_DOUBT = "in doubt:"


Judge = Callable[[Sequence[AnyRecord]], None]


class Running:
    """A case under way: its script, its chain, and the act it waits for."""

    __slots__ = ("act", "case", "chain", "latest", "msisdn", "records")

    def __init__(self, case: Case, chain: CaseChain, msisdn: str, latest: datetime) -> None:
        self.case = case
        self.latest = latest
        self.chain = chain
        self.msisdn = msisdn
        self.act: AnyAct | None = None
        self.records: list[AnyRecord] = []


class Runner:
    """Steps cases and writes down every step; drivers decide when and over which network.

    `frozen` gives cases that were begun with a scenario edited since the scenario they began with. `judge` hears every
    case that has newly ended, with its records: a judge of evidence, which scripts know nothing of.
    """

    def __init__(
        self,
        cast: Cast,
        journal: Journal,
        spend: Spend | None = None,
        frozen: Mapping[str, Scenario] | None = None,
        on_closed: Callable[[int], None] = lambda _: None,
        judge: Judge | None = None,
    ) -> None:
        self.cast = cast
        self.journal = journal
        self.spend = spend or Spend()
        self.frozen = frozen or {}
        self.on_closed = on_closed
        self.judge = judge
        self.by_number: dict[str, Running] = {}
        self.closed = 0

    def open(self, planned: PlannedCase, at: datetime) -> Running:
        """Begin a case and ask its script for the first act."""
        cast = self.cast
        number = cast.numbers[planned.msisdn]
        scenario = self.frozen.get(planned.case) or cast.scenarios[planned.scenario]
        service = cast.services[planned.service]
        companion = cast.services[planned.companion] if planned.companion else None
        case = Case(scenario, Dial(service, number, cast.policy, at, companion))
        latest = at + timedelta(days=scenario.lasts_days)
        running = Running(case, self.journal.begin(planned.case), planned.msisdn, latest)
        self.by_number[planned.msisdn] = running
        opened = Opened(
            planned.case, 0, 0, at, service, number, scenario.name, scenario.version, scenario.source,
            cast.policy.digest, cast.seed, planned.earlier, companion=companion or UNSET,
        )  # fmt: skip
        self._write(running, opened)
        self._ask(running, running.case.start(), at)
        return running

    def outcome(self, running: Running, result: AnyObservation) -> None:
        """Write down what the awaited act brought, and ask the script for the next one."""
        chain, act = running.chain, running.act
        if act is None:
            raise ValueError(f"the case {chain.case} has ended and awaits nothing")
        self._write(running, Outcome(chain.case, chain.seq, running.case.step, result.at, act, result))
        if type(result) is Bill:
            self.spend.saw(running.msisdn, result)
        if type(result) is Trouble and act.binding and result.uncertain:
            self.stop(running, in_doubt(act, result), result.at)  # no script gets the chance to do it again
            return
        self._ask(running, running.case.advance(result), result.at)

    def hear(self, msisdn: str, message: Message, cursor: int) -> None:
        """A message arrived on a handset; one that no case is using is nobody's evidence."""
        running = self.by_number.get(msisdn)
        if running is not None:
            chain = running.chain
            self._write(running, Seen(chain.case, chain.seq, running.case.step, message.at, message, cursor))
            running.case.hear(message)

    def stop(self, running: Running, reason: str, at: datetime) -> None:
        """Close a case early, inconclusive."""
        running.case.stop(reason)
        self._ask(running, None, at)

    def go_on(self, running: Running, act: AnyAct | None, at: datetime) -> None:
        """Take up a case that was resumed: `act` is what its script asks for next."""
        self.by_number[running.msisdn] = running
        self._ask(running, act, at)

    def _ask(self, running: Running, act: AnyAct | None, at: datetime) -> None:
        act = self._permitted(running, act, at)
        running.act = act
        if act is None:
            self._close(running, at)
        elif act.binding:
            chain = running.chain
            self._write(running, Intent(chain.case, chain.seq, running.case.step, at, act))

    def _close(self, running: Running, at: datetime) -> None:
        chain, reason = running.chain, running.case.reason
        state: CaseState = "inconclusive" if reason else "completed"
        closed = Closed(chain.case, chain.seq, running.case.step, at, state, reason)
        if self._write(running, closed) and self.judge is not None:
            self.judge(running.records)
        del self.by_number[running.msisdn]
        self.closed += 1
        self.on_closed(self.closed)

    def _write(self, running: Running, record: AnyRecord) -> bool:
        running.records.append(record)
        return self.journal.append(running.chain, record)

    def _permitted(self, running: Running, act: AnyAct | None, at: datetime) -> AnyAct | None:
        """The act, unless it would last too long or cost too much; what is refused is written down as refused."""
        while act is not None:
            if type(act) is Listen:
                if act.until > running.latest:
                    running.case.stop(f"the script wants to listen until {act.until:%Y-%m-%d}, beyond its lasts_days")
                    return None
                return act
            if not act.binding:
                return act
            why = self.spend.refuses(running.msisdn, act, _addressee(running, act))
            if not why:
                return act
            chain, refusal = running.chain, Trouble(at, "refused", why)
            self._write(running, Outcome(chain.case, chain.seq, running.case.step, at, act, refusal))
            act = running.case.advance(refusal)
        return None


def _addressee(running: Running, act: AnyAct) -> Service:
    dial = running.case.dial
    return addressee(act, dial.service, dial.companion)


def in_doubt(act: AnyAct, trouble: Trouble) -> str:
    """The reason of a case whose binding act may or may not have been done; status and sweep go by its beginning."""
    what = {name: getattr(act, name) for name in act.__struct_fields__}
    return f"{IN_DOUBT} {type(act).__name__} {what} ({trouble.failure} {trouble.detail}".rstrip() + ")"
