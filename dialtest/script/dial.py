"""What a scenario sees: one dial of one service with one number, and the things a customer can do."""

from __future__ import annotations

from collections.abc import Generator
from datetime import datetime, timedelta
from types import coroutine
from typing import TypeVar

from msgspec import Struct

from dialtest.model.act import (
    AnyAct,
    Call,
    Claim,
    Complain,
    Grievance,
    Listen,
    OpenPage,
    Press,
    Purpose,
    Query,
    ReadBill,
    ReadCalls,
    Send,
    WhenOffered,
    Wish,
    Withdraw,
)
from dialtest.model.number import Number
from dialtest.model.observation import (
    Answer,
    AnyObservation,
    Bill,
    Called,
    CallLog,
    Charge,
    Complained,
    Heard,
    Message,
    Page,
    Sent,
    Trouble,
    Withdrawn,
)
from dialtest.model.service import Service
from dialtest.policy.batches import Batches
from dialtest.policy.numbered_list import number_in
from dialtest.policy.opening import channels, next_busy, openings
from dialtest.policy.policy import Policy
from dialtest.wire.button import button

Seen = TypeVar("Seen", bound=AnyObservation)

CONFIRMATION_WITHIN = timedelta(minutes=10)
ASK_AGAIN_AFTER = timedelta(hours=1)
ASK_TIMES = 3
OPENING_WITHIN = timedelta(weeks=8)
LIST_COMES_WITHIN_MINUTES = (10, 60)


class CannotTest(Exception):
    """The dial cannot go on; the case ends inconclusive with this reason."""


class Listened(Struct, frozen=True):
    """What a listening brought: the messages, oldest first, and when it ended."""

    time: datetime
    messages: tuple[Message, ...]


class Ordered(Struct, frozen=True):
    """An order the network took; `time` is what free periods and charges count from."""

    time: datetime


class Dial:
    """One dial. Scenarios await its methods; nothing here touches a network.

    `now` is the network's time of the last thing seen, on the market's calendar. `companion` is another service of the
    provider, for scenarios that ask for one; None where there is none.
    """

    def __init__(
        self, service: Service, number: Number, policy: Policy, now: datetime, companion: Service | None = None
    ) -> None:
        self.service = service
        self.companion = companion
        self.number = number
        self.policy = policy
        self.now = now
        self._heard: list[Message] = []

    @property
    def other_channel(self) -> str:
        """A way to withdraw other than SMS, where the market has one."""
        channels = self.policy.terms(self.now).withdrawal.channels
        return next((channel for channel in channels if channel != "sms"), "sms")

    @property
    def query_channel(self) -> str:
        """The first channel this market answers queries on."""
        return self.policy.terms(self.now).query.channels[0]

    @property
    def query_channels(self) -> tuple[str, ...]:
        """Every channel that shows now what a number is subscribed to; `sms` answers by messages, see `list_by_sms`."""
        return tuple(channel for channel in self.policy.terms(self.now).query.channels if channel != "sms")

    @property
    def all_channels(self) -> tuple[str, ...]:
        """Every such channel this market ever has, also those that are not open yet (Q9)."""
        return tuple(channel for channel in channels(self.policy) if channel != "sms")

    @property
    def next_opening(self) -> tuple[datetime, str]:
        """When the next channel opens for withdrawals within eight weeks, and which (Q9); else a week from now and the
        one that opened last.
        """
        days = sorted(openings(self.policy)) or [(self.now, self.other_channel)]
        latest = self.now + OPENING_WITHIN
        coming = next((day for day in days if self.now < day[0] <= latest), None)
        past = [channel for since, channel in days if since <= self.now]
        return coming or (self.now + timedelta(days=7), past[-1] if past else self.other_channel)

    @property
    def next_busy_hour(self) -> datetime:
        """When halls are next busy (Q8); an hour from now where they never are."""
        return next_busy(self.policy, self.now) or self.now + timedelta(hours=1)

    @property
    def batches(self) -> Batches:
        """The batches in which existing subscriptions will be reminded (T8); raises CannotTest where none lie ahead."""
        batches = self.policy.batches
        if batches is None or self.now >= batches.begins:
            raise CannotTest("no batches of reminders of existing subscriptions lie ahead")
        return batches

    # What a customer does

    async def order(self, *, confirm: bool = True) -> Ordered:
        """Order the service the way its filing says, and confirm where a page or the market asks for it.

        By page for WAP services with a page: open it, press order, press confirm; by SMS otherwise. With `confirm`
        False the second yes is never given. Raises CannotTest when the order certainly did not go out.
        """
        if self.service.ordered_on_page:
            ordered_at = (await self._order_on_page(confirm=confirm)).at
        else:
            ordered_at = (await self.send(self.service.order_command, purpose="order")).at
        confirmed_at = await self._confirm(ordered_at, self.service) if confirm else None
        return Ordered(confirmed_at or ordered_at)

    async def order_companion(self) -> None:
        """Order the companion by SMS, so that the number holds two services; nothing where there is none.

        An order that certainly did not go out leaves the number with the service dialled alone.
        """
        companion = self.companion
        if companion is None:
            return
        sent = await self._do(Send(companion.access_number, companion.order_command, "order"))
        if type(sent) is Sent:
            await self._confirm(sent.at, companion)

    async def use(self) -> Ordered:
        """Use a per-use service once."""
        if self.service.ordered_on_page:
            return Ordered((await self._order_on_page("use")).at)
        return Ordered((await self.send(self.service.order_command, purpose="use")).at)

    async def send(self, text: str, *, purpose: Purpose, to: str = "") -> Sent:
        """Send an SMS, to the service's access number unless `to` says otherwise."""
        result = await self._do(Send(to or self.service.access_number, text, purpose))
        return _expect(result, Sent, f"sending “{text}”")

    async def open_page(self, url: str = "") -> Page:
        """Look at the service's page, or at `url`, and touch nothing."""
        result = await self._do(OpenPage(url or self.service.page_url))
        return _expect(result, Page, "opening the page")

    async def press(self, url: str, *, purpose: Purpose) -> Page:
        """Press the button that leads to `url`."""
        return _expect(await self._do(Press(url, purpose)), Page, f"pressing the button to {url}")

    async def withdraw(self, channel: str = "sms") -> datetime:
        """Ask to withdraw: over `sms` with the filed command, over other channels at the carrier. When it was asked.

        A refusal, or a channel that is not open yet, is evidence, not an obstacle: the scenario goes on. While the
        network is away the carrier is asked again an hour later, three times in all: nothing was asked of it before.
        """
        if channel == "sms":
            return (await self.send(self.service.withdraw_command, purpose="withdraw")).at
        act = Withdraw(channel, self.service.provider_code, self.service.service_code)
        result = await self._ask(act)
        if type(result) is Trouble and result.failure == "not_open":
            return result.at
        return _expect(result, Withdrawn, f"withdrawing over {channel}").at

    async def list_by_sms(self) -> str:
        """Send the query command to the carrier and wait for its numbered list, where the market has one (Q7, T9).

        Comes back after ten minutes, or after an hour when nothing came sooner, with the number that stands for the
        service dialled; empty when none does.
        """
        return await self._listed(self.service)

    async def withdraw_by_list(self) -> datetime:
        """Ask for the list by SMS and send the service's number back (Q7). When it was asked.

        Nothing is sent back when the list does not name the service: that is evidence, not an obstacle.
        """
        return await self._withdraw_by_list(self.service)

    async def withdraw_companion_by_list(self) -> datetime:
        """The same for the companion; nothing where there is none."""
        return await self._withdraw_by_list(self.companion) if self.companion is not None else self.now

    async def withdraw_from_all(self) -> datetime:
        """Send the carrier the word that withdraws from all subscriptions of this number (Q7). When it was asked."""
        short_code = self.policy.terms(self.now).short_code
        return await self._reply_to_list(short_code.withdraw_all) if short_code else self.now

    async def withdraw_from(self, service: Service) -> bool:
        """Ask the carrier itself to end another subscription of this number; whether it was accepted."""
        channel = self.other_channel
        if channel == "sms":
            sent = await self._do(Send(service.access_number, service.withdraw_command, "withdraw"))
            return type(sent) is Sent
        result = await self._do(Withdraw(channel, service.provider_code, service.service_code))
        return type(result) is Withdrawn and result.accepted

    async def complain(
        self, charge: Charge | None = None, *, about: Grievance = "charge", wants: Claim = "refund"
    ) -> Complained | None:
        """Complain to the carrier about the service dialled, or about that of a charge on the bill (R1, R4).

        When the network is away, asked again an hour later, three times in all. Raises CannotTest where the market
        has no complaints.
        """
        terms = self.policy.terms(self.now).complaint
        if terms is None:
            raise CannotTest("this market takes no complaints")
        of = charge or self.service
        result = await self._ask(Complain(terms.channels[0], of.provider_code, of.service_code, about, wants))
        return result if type(result) is Complained else None

    async def complain_of_the_bill(self, *, since: datetime, wants: Claim = "refund") -> None:
        """Read the bill, and complain once of every service it shows charges of since then (R1)."""
        bill = await self.bill()
        charges = [charge for charge in bill.charges if charge.charged_at >= since] if bill else []
        for charge in {(charge.provider_code, charge.service_code): charge for charge in charges}.values():
            await self.complain(charge, wants=wants)

    async def query(self, channel: str = "hotline") -> Answer | None:
        """Ask what the number is subscribed to; when the network is away again after an hour, three times in all."""
        result = await self._ask(Query(channel))
        return result if type(result) is Answer else None

    async def bill(self) -> Bill | None:
        """Read the bill; asked again an hour later when the network is away, three times in all."""
        result = await self._ask(ReadBill())
        return result if type(result) is Bill else None

    async def call(
        self, keys: str = "0", *, wish: Wish = "", patience_s: int = 120, offered: WhenOffered = "wait"
    ) -> Called:
        """Ring the carrier's hotline about the service dialled, walk its menu by `keys` and stay to the call's end.

        An agent is told the `wish`; `patience_s` is how long to wait for one, `offered` what to choose when keep
        waiting or self-service is offered (H3). When the network is away, rung again an hour later, three times in
        all. Raises CannotTest where there is no such hotline.
        """
        hotline = self.policy.terms(self.now).hotline
        if hotline is None:
            raise CannotTest("this market has no hotline to call")
        codes = self.service.provider_code, self.service.service_code
        act = Call(hotline.number, keys, patience_s, wish, *codes, offered)
        called = _expect(await self._ask(act), Called, f"calling {hotline.number}")
        if called.ended_at > self.now:
            await self._do(Listen(called.ended_at))
        return called

    async def calls(self) -> CallLog | None:
        """Look up who rang this number (H3): calls back, with what was done in them."""
        result = await self._ask(ReadCalls())
        return result if type(result) is CallLog else None

    async def listen(self, *, until: datetime) -> Listened:
        """Stay silent until then; the messages that came since the last listening."""
        if until < self.now:
            raise CannotTest(f"the script wants to listen until {until:%Y-%m-%d %H:%M}, which is past")
        if self.now.fold:  # in the hour that the clocks repeat, a time reckoned from now lies in its second run
            until = until.replace(fold=1)
        heard = _expect(await self._do(Listen(until)), Heard, "listening")
        messages, self._heard = tuple(self._heard), []
        return Listened(heard.at, messages)

    # What the driver tells

    def hear(self, message: Message) -> None:
        """A message arrived on the handset."""
        self._heard.append(message)

    @coroutine
    def _do(self, act: AnyAct) -> Generator[AnyAct, AnyObservation, AnyObservation]:
        """Hand one act to the driver and bring back what was seen."""
        result = yield act
        self.now = self.policy.local(result.at)
        return result

    async def _listed(self, service: Service) -> str:
        short_code = self.policy.terms(self.now).short_code
        if short_code is None:
            return ""
        asked = await self.send(self.policy.query_command, purpose="query", to=short_code.ports[0])
        heard: list[str] = []
        for minutes in LIST_COMES_WITHIN_MINUTES:
            listened = await self.listen(until=self.policy.after(asked.at, timedelta(minutes=minutes)))
            heard += [message.text for message in listened.messages]
            number = number_in(heard, self.policy, short_code.answer, service)
            if number:
                return number
        return ""

    async def _withdraw_by_list(self, service: Service) -> datetime:
        number = await self._listed(service)
        return await self._reply_to_list(number) if number else self.now

    async def _reply_to_list(self, text: str) -> datetime:
        short_code = self.policy.terms(self.now).short_code
        port = short_code.ports[0] if short_code else ""
        return (await self.send(text, purpose="withdraw", to=port)).at

    async def _ask(self, act: Query | ReadBill | Complain | Call | ReadCalls | Withdraw) -> AnyObservation:
        for _ in range(ASK_TIMES - 1):
            result = await self._do(act)
            if type(result) is not Trouble or result.failure != "outage":
                return result
            await self._do(Listen(self.policy.after(self.now, ASK_AGAIN_AFTER)))
        return await self._do(act)

    async def _order_on_page(self, purpose: Purpose = "order", *, confirm: bool = True) -> Page:
        """Open, press order, press confirm; a page that asks for no confirmation has taken the order already."""
        page = await self.open_page()
        leads_to = button(page.content, "order")
        if leads_to is None:
            raise CannotTest(f"the page {page.url} has no order button")
        asked = await self.press(leads_to, purpose="ask")
        confirms = button(asked.content, "confirm")
        return asked if confirms is None or not confirm else await self.press(confirms, purpose=purpose)

    async def _confirm(self, ordered_at: datetime, service: Service) -> datetime | None:
        terms = self.policy.terms(ordered_at).order
        if terms.confirmation == "none" or service.billing_type == "per_use":
            return None
        await self._do(Listen(self.policy.after(self.now, CONFIRMATION_WITHIN)))
        if not any(terms.confirm_keyword in message.text for message in self._heard):
            return None
        return (await self.send(terms.confirm_keyword, purpose="confirm", to=service.access_number)).at


def _expect(result: AnyObservation, kind: type[Seen], doing: str) -> Seen:
    if type(result) is kind:
        return result
    if type(result) is Trouble:
        raise CannotTest(f"{doing} failed: {result.failure} {result.detail}".strip())
    raise CannotTest(f"{doing} was answered by {type(result).__name__}")
