"""How a provider behaves at each point where it could cheat (D4); this one is honest, faults override one answer."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from msgspec import Struct
from msgspec.structs import replace

from dialtest.model.observation import SubscriptionRow
from dialtest.model.service import Service
from dialtest.sandbox.ledger import Subscription
from dialtest.sandbox.ruling import Ruling

Touch = Literal["page_view", "help", "wrong", "query", "withdraw"]


class Notice(Struct, frozen=True):
    """A message on its way: who it claims to be from, its text, how many seconds after its cause it is sent."""

    sender: str
    text: str
    delay_s: int

    def but(self, **changes: object) -> Notice:
        """The same notice with some fields changed."""
        return replace(self, **changes)


class Offer(Struct, frozen=True):
    """What the service's page shows. Empty words are not shown.

    `fine_print` hides the price from most eyes, `below_fold` puts it far under the button, `ticked` adds a box that is
    ticked already, `submits_itself` orders before anybody pressed anything.
    """

    headline: str
    price: str
    period: str
    way_out: str
    order_label: str
    banner: str = ""
    fine_print: bool = False
    below_fold: bool = False
    ticked: bool = False
    submits_itself: bool = False
    order_target: str = ""

    def but(self, **changes: object) -> Offer:
        """The same offer with some fields changed."""
        return replace(self, **changes)


class Conduct:
    """The honest provider. Every method gets the honest answer and gives the one that happens."""

    def offer(self, honest: Offer, service: Service) -> Offer:
        """What the page shows."""
        return honest

    def prompt(self, honest: Notice) -> Notice | None:
        """The message that asks for a second yes, where the market has one."""
        return honest

    def asks_confirmation(self) -> bool:
        """Whether pressing order leads to a page (or prompt) that asks for a second yes."""
        return True

    def orders_on(self, touch: Touch) -> bool:
        """Whether a mere touch (looking at the page, a help, wrong, query or withdrawal command) orders."""
        return False

    def charge_for_command(self, touch: Touch, service: Service) -> int:
        """What such a touch costs, in fen."""
        return 0

    def subscribed_to(self, honest: tuple[Service, ...], offered: tuple[Service, ...]) -> tuple[Service, ...]:
        """What one order subscribes to; `offered` are all services of this provider, the ordered one first."""
        return honest

    def use_fees(self, service: Service) -> tuple[int, ...]:
        """The charges, in fen, of one use of a per-use service."""
        return (service.fee_fen,)

    def phantom_use_after_h(self) -> int:
        """After how many hours a use is charged once more that never was; 0: never."""
        return 0

    def monthly_fee_after_use(self, service: Service) -> int:
        """What one use of a per-use service costs every month from then on, in fen."""
        return 0

    def first_reminder(self, honest: Notice) -> Notice | None:
        """The reminder right after the order."""
        return honest

    def second_reminder(self, honest: tuple[Notice, ...]) -> tuple[Notice, ...]:
        """The parts of the reminder before the first charge."""
        return honest

    def existing_reminder(self, honest: tuple[Notice, ...]) -> tuple[Notice, ...]:
        """The parts of the reminder of an existing subscription (T8, T9)."""
        return honest

    def reminds_of_withdrawn(self) -> bool:
        """Whether a batch still names what was withdrawn after the batches were made up (T8)."""
        return False

    def receipt(self, honest: Notice) -> Notice | None:
        """The receipt after a charge, where the market has one."""
        return honest

    def first_cut(self, honest: datetime, subscription: Subscription) -> datetime:
        """When the first charge is cut."""
        return honest

    def next_cut(self, honest: datetime, this_cut: datetime) -> datetime:
        """When the cut after the one at `this_cut` comes."""
        return honest

    def cut_fees(self, service: Service) -> tuple[int, ...]:
        """The charges, in fen, of one cut of a subscription."""
        return (service.fee_fen,)

    def content(self, honest: Notice | None) -> Notice | None:
        """A delivery of what was ordered."""
        return honest

    def pushes(self, service: Service) -> Notice | None:
        """An unasked message to whoever ordered."""
        return None

    def accepts_withdrawal(self, channel: str) -> bool:
        """Whether a withdrawal over this channel is taken at all."""
        return True

    def heeds_withdrawal(self) -> bool:
        """Whether an accepted withdrawal ends the subscription."""
        return True

    def charges_on(self) -> bool:
        """Whether a withdrawn subscription goes on being charged."""
        return False

    def charges_until_ended(self) -> bool:
        """Whether a fee is taken while a wish to withdraw is still being carried out (T5)."""
        return False

    def returns_after_days(self) -> int:
        """After how many days a withdrawn subscription is there again; 0: never."""
        return 0

    def reports_order(self) -> bool:
        """Whether MISC tells BOSS of an order (Q3)."""
        return True

    def repeats_order_after_days(self) -> int:
        """After how many days a copy of the order comes to BOSS and is taken for a new one (Q3); 0: never."""
        return 0

    def reconciles(self) -> bool:
        """Whether the daily reconciliation of BOSS and MISC looks at the subscription (Q3)."""
        return True

    def follows_up_withdrawal(self) -> bool:
        """Whether BOSS keeps a wish in mind until MISC has carried it out (Q5)."""
        return True

    def withdrawal_takes_s(self, honest_s: int) -> int:
        """How many seconds MISC takes to carry a withdrawal out (Q5)."""
        return honest_s

    def confirmation_held_back_s(self, answered_after_s: int) -> int:
        """For how many seconds the confirmation lies in BOSS (Q4), which finds MISC's answer after so many."""
        return 0

    def withdrawal_confirmation(self, honest: Notice) -> Notice | None:
        """The carrier's word that the subscription has ended."""
        return honest

    def verifies_complaint_in_s(self, honest_s: int) -> int:
        """After how many seconds a complaint is verified, and decided."""
        return honest_s

    def ruling(self, honest: Ruling) -> Ruling:
        """What is decided on a complaint, and told the customer."""
        return honest

    def top_up(self, decided: Ruling) -> Ruling:
        """What of it is paid back."""
        return decided

    def complaint_answer(self, honest: Notice) -> Notice | None:
        """The carrier's answer to a complaint."""
        return honest

    def answer_row(self, honest: SubscriptionRow, channel: str) -> SubscriptionRow | None:
        """What a channel shows of the subscription; None: nothing."""
        return honest

    def opens_late_days(self, channel: str) -> int:
        """How many days after its day (Q9) a channel begins to take withdrawals."""
        return 0

    def list_answer(self, honest: tuple[Notice, ...]) -> tuple[Notice, ...]:
        """The parts of the list that answers the query command by SMS (Q7, T6)."""
        return honest

    def list_reply_ends(self, held: Subscription, meant: Sequence[Subscription]) -> bool:
        """Whether a reply to that list that means the subscriptions `meant` ends this one (Q7)."""
        return held in meant

    def is_listed(self) -> bool:
        """Whether the answer to the query command by SMS lists the subscription (Q7)."""
        return True

    def carries_out_note(self) -> bool:
        """Whether a wish that a busy hall wrote down is ever done (Q8)."""
        return True

    def announces_note(self) -> bool:
        """Whether the customer is told when such a wish is done (Q8)."""
        return True

    def menu_answers(self) -> bool:
        """Whether the keys of the hotline's menu lead anywhere (H1)."""
        return True

    def menu_carries_out(self) -> bool:
        """Whether a withdrawal that the hotline's menu took is done."""
        return True

    def tells_other_ways(self) -> bool:
        """Whether callers who got no agent are told of other ways to withdraw (H3)."""
        return True

    def offers_choice(self) -> bool:
        """Whether callers are offered to keep waiting or to serve themselves while the emergency flow is on (H3)."""
        return True

    def call_backs(self, honest: tuple[datetime, ...]) -> tuple[datetime, ...]:
        """When a caller who was not answered is called back (H3); empty: not (again)."""
        return honest

    def preys_on_idle_numbers(self) -> bool:
        """Whether numbers that never ordered are subscribed."""
        return False


HONEST = Conduct()
