"""Takes the calls of the carrier's subscribers (H1, H3): menu, agent, emergency flow, and the call back that is owed.

The carrier's time stands still while a call is answered, so its whole course is told at once, with the times at which
each thing is heard; what the caller asked for is done at those times. Queues are worked out for a brand and day only
when somebody calls.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import date, datetime

from dialtest.model.act import Call
from dialtest.model.observation import AnyObservation, Called, CallLog, Incoming, SubscriptionRow, Trouble
from dialtest.model.service import Service
from dialtest.policy.hotline_terms import Desk, Does, HotlineTerms
from dialtest.policy.wording import fill
from dialtest.sandbox.agenda import NETWORK_FIRST
from dialtest.sandbox.chance import Chance
from dialtest.sandbox.conduct import HONEST, Conduct, Notice
from dialtest.sandbox.core import Core
from dialtest.sandbox.desk import answer
from dialtest.sandbox.dispatches import known_to_boss
from dialtest.sandbox.hotline.background import background_calls
from dialtest.sandbox.hotline.brand_day import BrandDay, Fate
from dialtest.sandbox.hotline.brand_desk import HOUR_S
from dialtest.sandbox.hotline.laws import exponential_s
from dialtest.sandbox.hotline.menu import MenuWalk
from dialtest.sandbox.hotline.talk import Talk
from dialtest.sandbox.ledger import Account, Subscription
from dialtest.sandbox.reminders import LATEST_S
from dialtest.sandbox.withdrawals import withdraw

MENU, AGENT = "hotline_menu", "hotline"
DAYS_KEPT = 32
MOST_KEYS = 40
SHORTEST_S = 20
SPARE_S = 3600  # an outage may keep the crew from ringing for up to 41 minutes


class Reception:
    """The hotline of one carrier."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._days: OrderedDict[tuple[str, date], BrandDay] = OrderedDict()
        self._incoming: dict[str, list[Incoming]] = {}
        self._owed: dict[str, list[Call]] = {}

    def call(self, account: Account, act: Call, now: datetime) -> AnyObservation:
        """A subscriber calls."""
        terms = self._core.terms.hotline
        if terms is None or act.to != terms.number:
            return Trouble(now, "refused", f"{act.to} is not in service")
        return _OneCall(self, self._core, terms, account, act).called()

    def call_log(self, account: Account, now: datetime) -> CallLog:
        """Who rang this subscriber's handset."""
        return CallLog(now, tuple(self._incoming.get(account.number.msisdn, ())))

    def fate(self, terms: HotlineTerms, account: Account, act: Call, asked_at: datetime) -> Fate:
        """What becomes of a subscriber who asks for an agent then; seconds are those since that moment."""
        policy = self._core.policy
        desk = terms.desk(account.number.brand) or terms.desks[0]
        midnight = policy.midnight(asked_at.date())
        asked_s = (asked_at - midnight).total_seconds()
        day = self._day(terms, desk, midnight.date())
        fate = day.fate(asked_s, max(act.patience_s, 0), act.offered == "self_service")
        latest_s = fate.left_s + terms.emergency.call_back_within_h * HOUR_S - SPARE_S
        back_s = min(fate.called_back_s, latest_s) - asked_s
        return Fate(fate.outcome, fate.left_s - asked_s, fate.offered, back_s)

    def record(self, account: Account, act: Call, conduct: Conduct, back_s: float) -> None:
        """Record a call that was not answered (H3), just given up, to be called back `back_s` from now; whoever is
        owed a call back already gets one for all.
        """
        msisdn, owed = account.number.msisdn, self._owed
        if msisdn in owed:
            owed[msisdn].append(act)
            return
        for place, when_s in enumerate(conduct.call_backs((back_s,))):
            owed[msisdn] = [act]
            self._core.agenda.after(int(when_s), self._ring, account, place > 0)

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

    def _day(self, terms: HotlineTerms, desk: Desk, day: date) -> BrandDay:
        key = (desk.brand, day)
        found = self._days.get(key)
        if found is None:
            callers = background_calls(self._core.policy, desk, day, self._core.seed)
            found = self._days[key] = BrandDay(terms, desk, callers, self._core.seed)
            if len(self._days) > DAYS_KEPT:
                self._days.popitem(last=False)
        return found


class _OneCall:
    """One call from ringing to hanging up."""

    def __init__(self, reception: Reception, core: Core, terms: HotlineTerms, account: Account, act: Call) -> None:
        self.reception, self.core, self.terms = reception, core, terms
        self.account, self.act = account, act
        self.conduct = conduct_of(core, account, act)
        self.talk = Talk(core.now, terms.says_zh)
        self.asked_agent_at: datetime | None = None
        self.answered_at: datetime | None = None
        self.shown: tuple[SubscriptionRow, ...] | None = None
        self.done_at: datetime | None = None
        self.refused = False
        self.chose_self_service = False

    def called(self) -> Called:
        """Live through the call; what the caller saw of it."""
        talk = self.talk
        talk.say("greeting", talk.words.greeting)
        does = self._walk()
        if does is not None and self.conduct.menu_answers():
            self._do(does)
        return Called(
            talk.began_at, talk.began_at, talk.now, talk.pressed, tuple(talk.said), self.asked_agent_at,
            self.answered_at, self.shown, self.done_at, self.refused, self.chose_self_service,
        )  # fmt: skip

    def _walk(self) -> Does | None:
        """Walk the menu by the caller's keys, as far as they go; what the last one leads to."""
        walk, talk = MenuWalk(self.terms), self.talk
        talk.say("menu", walk.prompt())
        for key in self.act.keys[:MOST_KEYS]:
            talk.press(key)
            item = walk.press(key)
            if item is None:
                talk.say("not_understood", talk.words.not_understood)
            elif item.does not in ("menu", "language"):
                return item.does
            if walk.over:
                break
            talk.words = self.terms.words(walk.language)
            talk.say("menu", walk.prompt())
        talk.say("goodbye", talk.words.goodbye)
        return None

    def _do(self, does: Does) -> None:
        if does == "agent":
            self._ask_agent()
            return
        if does == "query":
            self._read_out(MENU)
        elif does == "withdraw":
            self._withdraw_by_menu()
        elif does == "ways":
            self.talk.say("other_ways", self.talk.words.other_ways)
        self.talk.say("goodbye", self.talk.words.goodbye)

    # By the menu

    def _read_out(self, channel: str) -> None:
        self.shown = answer(self.core, self.account, channel).subscriptions
        active = [row for row in self.shown if row.status == "active"]
        words = self.talk.words
        lines = [self._line(words.item, number, row) for number, row in enumerate(active, 1)]
        self.talk.say("list", words.listed + ";".join(lines) if lines else words.none_listed)

    def _line(self, item: str, number: int, row: SubscriptionRow) -> str:
        slots = {"number": str(number), "provider": row.provider_name, "service": row.service_name}
        return item.format_map(slots | {"tariff": row.tariff})

    def _withdraw_by_menu(self) -> None:
        held = held_of(self.core, self.account, self.act)
        self._read_out(MENU)
        active = [row for row in self.shown or () if row.status == "active"]
        number = next((n for n, row in enumerate(active, 1) if held is not None and row.is_of(held.service)), 0)
        if held is None or not number:
            return
        self.talk.press(str(number))
        self._withdraw(held, MENU)

    def _withdraw(self, held: Subscription, channel: str) -> None:
        """The wish counts from the moment it is uttered (T5); what it sets going, goes on then."""
        talk = self.talk
        if not self.conduct.accepts_withdrawal(channel):
            self.refused = True
            talk.say("refused", talk.words.refused)
            return
        self.done_at = talk.now
        if channel != MENU or self.conduct.menu_carries_out():
            self.core.agenda.after(talk.now_s, self.reception.take_wish, self.account, held, channel)
        talk.say("done", fill(talk.words.withdrawn, self.core.policy, held.service))

    # By an agent

    def _ask_agent(self) -> None:
        talk, conduct = self.talk, self.conduct
        asked_s = talk.now_s
        self.asked_agent_at = talk.now
        fate = self.reception.fate(self.terms, self.account, self.act, talk.now)
        if fate.left_s > 0 or fate.outcome != "answered":
            talk.say("please_wait", talk.words.please_wait)
        if fate.offered:
            talk.say("offer", talk.words.offer)
            if conduct.tells_other_ways():
                talk.say("other_ways", talk.words.other_ways)
        if fate.outcome == "diverted":
            self._serve_self()
            return
        talk.cut(asked_s + int(fate.left_s))
        if fate.outcome == "answered":
            self._talk_to_agent()
        else:
            self._leave_unanswered(fate.called_back_s - fate.left_s)

    def _serve_self(self) -> None:
        self.chose_self_service = True
        self.talk.press("2")
        if self.act.wish == "query":
            self._read_out(MENU)
        elif self.act.wish == "withdraw":
            self._withdraw_by_menu()
        self.talk.say("goodbye", self.talk.words.goodbye)

    def _talk_to_agent(self) -> None:
        talk, act = self.talk, self.act
        self.answered_at = talk.now
        self.core.agenda.after(talk.now_s, self.reception.settle, self.account)
        talk.say("agent", talk.words.agent)
        chance = Chance(self.core.seed, "call", self.account.number.msisdn, talk.now)
        ends_s = talk.now_s + SHORTEST_S + int(exponential_s(chance, self.terms.handle_mean_s))
        if act.wish == "query":
            self.shown = answer(self.core, self.account, AGENT).subscriptions
        held = held_of(self.core, self.account, act) if act.wish == "withdraw" else None
        if held is not None:
            self._withdraw(held, AGENT)
        talk.now_s = max(talk.now_s, ends_s)

    def _leave_unanswered(self, back_s: float) -> None:
        """Recorded, told of other ways by SMS, and owed a call back (H3)."""
        core, left_s = self.core, self.talk.now_s
        if self.conduct.tells_other_ways():
            emergency = self.terms.emergency
            chance = Chance(core.seed, "notice", self.account.number.msisdn, self.talk.now)
            core.send(self.account, Notice(self.terms.number, emergency.notice, left_s + chance.between(5, LATEST_S)))
        core.agenda.after(left_s, self.reception.record, self.account, self.act, self.conduct, max(back_s, SHORTEST_S))


def held_of(core: Core, account: Account, act: Call) -> Subscription | None:
    """The caller's subscription to the service the call is about; None where there is none."""
    service = service_of(core, act)
    return known_to_boss(core, account, service) if service is not None else None


def service_of(core: Core, act: Call) -> Service | None:
    """The service a call is about."""
    return core.services.get(f"{act.provider_code}/{act.service_code}")


def conduct_of(core: Core, account: Account, act: Call) -> Conduct:
    """How the hotline treats a call about this service."""
    service = service_of(core, act)
    if service is None:
        return HONEST
    held = account.active(service)
    return core.conduct(service, account, held.ordered_at if held is not None else None)
