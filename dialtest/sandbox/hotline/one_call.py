"""One call to the hotline from ringing to hanging up (H1, H3): the menu, the self-service, an agent, or none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from dialtest.model.act import Call
from dialtest.model.observation import Called, SubscriptionRow
from dialtest.policy.hotline_terms import Does, HotlineTerms
from dialtest.policy.wording import fill
from dialtest.sandbox.chance import Chance
from dialtest.sandbox.conduct import Notice
from dialtest.sandbox.core import Core
from dialtest.sandbox.desk import answer
from dialtest.sandbox.hotline.brand_day import Fate
from dialtest.sandbox.hotline.calls_back import AGENT, SHORTEST_S, CallsBack
from dialtest.sandbox.hotline.laws import exponential_s
from dialtest.sandbox.hotline.menu import MenuWalk
from dialtest.sandbox.hotline.subject import conduct_of, held_of
from dialtest.sandbox.hotline.talk import Talk
from dialtest.sandbox.ledger import Account, Subscription
from dialtest.sandbox.reminders import LATEST_S

MENU = "hotline_menu"
MOST_KEYS = 40

FateAt = Callable[[datetime, bool], Fate]


class OneCall:
    """One call. `fate` says what becomes of this caller who asks for an agent at a time, and takes the self-service if
    it is offered or does not; in seconds since that time.
    """

    def __init__(
        self, core: Core, terms: HotlineTerms, account: Account, act: Call, calls_back: CallsBack, fate: FateAt
    ) -> None:
        self.core, self.terms = core, terms
        self.account, self.act = account, act
        self.calls_back, self.fate = calls_back, fate
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
            self.core.agenda.after(talk.now_s, self.calls_back.take_wish, self.account, held, channel)
        talk.say("done", fill(talk.words.withdrawn, self.core.policy, held.service))

    # By an agent

    def _ask_agent(self) -> None:
        talk, conduct = self.talk, self.conduct
        asked_s = talk.now_s
        self.asked_agent_at = talk.now
        offers = conduct.offers_choice()
        fate = self.fate(talk.now, offers and self.act.offered == "self_service")
        if fate.left_s > 0 or fate.outcome != "answered":
            talk.say("please_wait", talk.words.please_wait)
        if fate.offered:
            if offers:
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
        self.core.agenda.after(talk.now_s, self.calls_back.settle, self.account)
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
        core.agenda.after(left_s, self.calls_back.record, self.account, self.act, self.conduct, max(back_s, SHORTEST_S))
