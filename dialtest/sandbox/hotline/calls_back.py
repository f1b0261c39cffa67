"""Which subscribers are owed a call back, and the calls back that reach them (H3): none forgotten, none rung twice."""

from __future__ import annotations

from dialtest.model.act import Call
from dialtest.model.observation import Incoming
from dialtest.sandbox.agenda import NETWORK_FIRST
from dialtest.sandbox.chance import Chance
from dialtest.sandbox.conduct import Conduct
from dialtest.sandbox.core import Core
from dialtest.sandbox.hotline.laws import exponential_s
from dialtest.sandbox.hotline.subject import held_of
from dialtest.sandbox.ledger import Account, Subscription
from dialtest.sandbox.withdrawals import withdraw

AGENT = "hotline"
SHORTEST_S = 20


class CallsBack:
    """The records of calls that were not answered, and the handsets' logs of who rang."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._incoming: dict[str, list[Incoming]] = {}
        self._owed: dict[str, list[Call]] = {}

    def log(self, account: Account) -> tuple[Incoming, ...]:
        """Who rang this subscriber's handset, oldest first."""
        return tuple(self._incoming.get(account.number.msisdn, ()))

    def record(self, account: Account, act: Call, conduct: Conduct, back_s: float) -> None:
        """Record a call that was not answered (H3), just given up, to be called back `back_s` from now; whoever is
        owed a call back already gets one for all.
        """
        msisdn, owed = account.number.msisdn, self._owed
        if msisdn in owed:
            owed[msisdn].append(act)
            return
        agenda = self._core.agenda
        for place, when in enumerate(conduct.call_backs((agenda.clock(int(back_s)),))):
            owed[msisdn] = [act]
            agenda.after(when.timestamp() - agenda.now.timestamp(), self._ring, account, place > 0)

    def settle(self, account: Account) -> None:
        """An agent has talked to this subscriber, who is owed nothing any more."""
        self._owed.pop(account.number.msisdn, None)

    def take_wish(self, account: Account, held: Subscription, channel: str) -> None:
        """A caller utters the wish to withdraw, now."""
        self.carry_out(account, held, channel)

    def carry_out(self, account: Account, held: Subscription, channel: str) -> bool:
        """Withdraw, unless that has happened meanwhile; whether the wish was taken."""
        if held.active and held.asked_to_end_at is None:
            return withdraw(self._core, account, held, channel)
        return False

    def _ring(self, account: Account, again: bool) -> None:
        core, msisdn = self._core, account.number.msisdn
        back = core.outages.end(core.now)
        if back is not None:
            core.agenda.at(back, NETWORK_FIRST, self._ring, account, again)
            return
        owed = self._owed.pop(msisdn, [])
        terms = core.terms.hotline
        if terms is None or not (owed or again):
            return
        done = False
        for act in owed:
            held = held_of(core, account, act) if act.wish == "withdraw" else None
            if held is not None and self.carry_out(account, held, AGENT):
                done = True
        chance = Chance(core.seed, "call back", msisdn, core.now)
        lasted_s = SHORTEST_S + int(exponential_s(chance, terms.emergency.call_back_mean_s))
        self._incoming.setdefault(msisdn, []).append(Incoming(core.now, terms.number, lasted_s, done))
