"""Every rule, in the order reports list them; third parties add theirs by the entry-point group `dialtest.rules`."""

from __future__ import annotations

from importlib.metadata import EntryPoint, entry_points

from dialtest.errors import DialtestError
from dialtest.rules.advert_orders_something_else import ADVERT_ORDERS_SOMETHING_ELSE
from dialtest.rules.answer_incomplete import ANSWER_INCOMPLETE
from dialtest.rules.answer_untrue import ANSWER_UNTRUE
from dialtest.rules.box_ticked import BOX_TICKED
from dialtest.rules.call_not_returned import CALL_NOT_RETURNED
from dialtest.rules.call_returned_out_of_hours import CALL_RETURNED_OUT_OF_HOURS
from dialtest.rules.call_returned_twice import CALL_RETURNED_TWICE
from dialtest.rules.channel_not_open import CHANNEL_NOT_OPEN
from dialtest.rules.channels_disagree import CHANNELS_DISAGREE
from dialtest.rules.charge_after_withdrawal import CHARGE_AFTER_WITHDRAWAL
from dialtest.rules.charge_before_the_first import CHARGE_BEFORE_THE_FIRST
from dialtest.rules.charge_for_command import CHARGE_FOR_COMMAND
from dialtest.rules.charge_in_free_period import CHARGE_IN_FREE_PERIOD
from dialtest.rules.charge_over_tariff import CHARGE_OVER_TARIFF
from dialtest.rules.charge_twice_a_month import CHARGE_TWICE_A_MONTH
from dialtest.rules.charge_without_use import CHARGE_WITHOUT_USE
from dialtest.rules.charged_over_advertised import CHARGED_OVER_ADVERTISED
from dialtest.rules.charged_within_cycle import CHARGED_WITHIN_CYCLE
from dialtest.rules.choice_not_offered import CHOICE_NOT_OFFERED
from dialtest.rules.command_orders import COMMAND_ORDERS
from dialtest.rules.complaint_unanswered import COMPLAINT_UNANSWERED
from dialtest.rules.content_not_delivered import CONTENT_NOT_DELIVERED
from dialtest.rules.ended_unasked import ENDED_UNASKED
from dialtest.rules.existing_reminder_from_wrong_port import EXISTING_REMINDER_FROM_WRONG_PORT
from dialtest.rules.existing_reminder_incomplete import EXISTING_REMINDER_INCOMPLETE
from dialtest.rules.existing_reminder_missing import EXISTING_REMINDER_MISSING
from dialtest.rules.existing_reminder_of_withdrawn import EXISTING_REMINDER_OF_WITHDRAWN
from dialtest.rules.existing_reminder_outside_window import EXISTING_REMINDER_OUTSIDE_WINDOW
from dialtest.rules.existing_reminder_twice import EXISTING_REMINDER_TWICE
from dialtest.rules.existing_reminder_wrong_tariff import EXISTING_REMINDER_WRONG_TARIFF
from dialtest.rules.first_reminder_incomplete import FIRST_REMINDER_INCOMPLETE
from dialtest.rules.first_reminder_late import FIRST_REMINDER_LATE
from dialtest.rules.first_reminder_missing import FIRST_REMINDER_MISSING
from dialtest.rules.form_submits_itself import FORM_SUBMITS_ITSELF
from dialtest.rules.free_but_charged import FREE_BUT_CHARGED
from dialtest.rules.goodwill_doubled import GOODWILL_DOUBLED
from dialtest.rules.hall_note_forgotten import HALL_NOTE_FORGOTTEN
from dialtest.rules.list_from_wrong_port import LIST_FROM_WRONG_PORT
from dialtest.rules.list_incomplete import LIST_INCOMPLETE
from dialtest.rules.list_unanswered import LIST_UNANSWERED
from dialtest.rules.menu_leads_nowhere import MENU_LEADS_NOWHERE
from dialtest.rules.order_makes_several import ORDER_MAKES_SEVERAL
from dialtest.rules.order_without_confirmation import ORDER_WITHOUT_CONFIRMATION
from dialtest.rules.other_ways_untold import OTHER_WAYS_UNTOLD
from dialtest.rules.page_view_orders import PAGE_VIEW_ORDERS
from dialtest.rules.per_use_charged_monthly import PER_USE_CHARGED_MONTHLY
from dialtest.rules.per_use_order_subscribes import PER_USE_ORDER_SUBSCRIBES
from dialtest.rules.period_unsaid import PERIOD_UNSAID
from dialtest.rules.poses_as_carrier import POSES_AS_CARRIER
from dialtest.rules.poses_as_prize import POSES_AS_PRIZE
from dialtest.rules.price_below_filed import PRICE_BELOW_FILED
from dialtest.rules.price_hidden import PRICE_HIDDEN
from dialtest.rules.price_unsaid import PRICE_UNSAID
from dialtest.rules.prompt_hides_subscription import PROMPT_HIDES_SUBSCRIPTION
from dialtest.rules.prompt_without_price import PROMPT_WITHOUT_PRICE
from dialtest.rules.query_misses_subscription import QUERY_MISSES_SUBSCRIPTION
from dialtest.rules.receipt_missing import RECEIPT_MISSING
from dialtest.rules.receipt_understated import RECEIPT_UNDERSTATED
from dialtest.rules.refund_doubled_without_cause import REFUND_DOUBLED_WITHOUT_CAUSE
from dialtest.rules.refund_exceeds_fees import REFUND_EXCEEDS_FEES
from dialtest.rules.refund_missing import REFUND_MISSING
from dialtest.rules.refund_not_doubled import REFUND_NOT_DOUBLED
from dialtest.rules.reminder_from_wrong_port import REMINDER_FROM_WRONG_PORT
from dialtest.rules.reminder_twice import REMINDER_TWICE
from dialtest.rules.rule import Rule
from dialtest.rules.second_reminder_incomplete import SECOND_REMINDER_INCOMPLETE
from dialtest.rules.second_reminder_missing import SECOND_REMINDER_MISSING
from dialtest.rules.second_reminder_outside_window import SECOND_REMINDER_OUTSIDE_WINDOW
from dialtest.rules.several_charges_per_use import SEVERAL_CHARGES_PER_USE
from dialtest.rules.something_else_ordered import SOMETHING_ELSE_ORDERED
from dialtest.rules.subscribed_without_second_yes import SUBSCRIBED_WITHOUT_SECOND_YES
from dialtest.rules.subscription_without_order import SUBSCRIPTION_WITHOUT_ORDER
from dialtest.rules.way_out_unsaid import WAY_OUT_UNSAID
from dialtest.rules.withdrawal_confirmed_by_wrong_port import WITHDRAWAL_CONFIRMED_BY_WRONG_PORT
from dialtest.rules.withdrawal_ignored import WITHDRAWAL_IGNORED
from dialtest.rules.withdrawal_late import WITHDRAWAL_LATE
from dialtest.rules.withdrawal_not_everywhere import WITHDRAWAL_NOT_EVERYWHERE
from dialtest.rules.withdrawal_refused import WITHDRAWAL_REFUSED
from dialtest.rules.withdrawal_unconfirmed import WITHDRAWAL_UNCONFIRMED
from dialtest.rules.withdrawal_undone import WITHDRAWAL_UNDONE

GROUP = "dialtest.rules"

ALL_RULES: tuple[Rule, ...] = (
    CHARGE_OVER_TARIFF,
    CHARGE_IN_FREE_PERIOD,
    CHARGE_BEFORE_THE_FIRST,
    CHARGE_TWICE_A_MONTH,
    CHARGE_AFTER_WITHDRAWAL,
    CHARGE_WITHOUT_USE,
    CHARGE_FOR_COMMAND,
    PER_USE_CHARGED_MONTHLY,
    SEVERAL_CHARGES_PER_USE,
    PAGE_VIEW_ORDERS,
    COMMAND_ORDERS,
    SUBSCRIPTION_WITHOUT_ORDER,
    ORDER_MAKES_SEVERAL,
    PER_USE_ORDER_SUBSCRIBES,
    ORDER_WITHOUT_CONFIRMATION,
    FIRST_REMINDER_MISSING,
    FIRST_REMINDER_LATE,
    FIRST_REMINDER_INCOMPLETE,
    REMINDER_FROM_WRONG_PORT,
    SECOND_REMINDER_MISSING,
    SECOND_REMINDER_INCOMPLETE,
    SECOND_REMINDER_OUTSIDE_WINDOW,
    REMINDER_TWICE,
    EXISTING_REMINDER_MISSING,
    EXISTING_REMINDER_TWICE,
    EXISTING_REMINDER_OUTSIDE_WINDOW,
    EXISTING_REMINDER_FROM_WRONG_PORT,
    EXISTING_REMINDER_WRONG_TARIFF,
    EXISTING_REMINDER_INCOMPLETE,
    EXISTING_REMINDER_OF_WITHDRAWN,
    WITHDRAWAL_IGNORED,
    WITHDRAWAL_LATE,
    WITHDRAWAL_REFUSED,
    WITHDRAWAL_UNDONE,
    ENDED_UNASKED,
    WITHDRAWAL_UNCONFIRMED,
    WITHDRAWAL_CONFIRMED_BY_WRONG_PORT,
    QUERY_MISSES_SUBSCRIPTION,
    SUBSCRIBED_WITHOUT_SECOND_YES,
    PROMPT_WITHOUT_PRICE,
    PROMPT_HIDES_SUBSCRIPTION,
    RECEIPT_MISSING,
    RECEIPT_UNDERSTATED,
    CHARGED_WITHIN_CYCLE,
    FREE_BUT_CHARGED,
    PRICE_BELOW_FILED,
    CHARGED_OVER_ADVERTISED,
    PRICE_UNSAID,
    PRICE_HIDDEN,
    PERIOD_UNSAID,
    WAY_OUT_UNSAID,
    BOX_TICKED,
    FORM_SUBMITS_ITSELF,
    POSES_AS_CARRIER,
    POSES_AS_PRIZE,
    ADVERT_ORDERS_SOMETHING_ELSE,
    SOMETHING_ELSE_ORDERED,
    CONTENT_NOT_DELIVERED,
    COMPLAINT_UNANSWERED,
    REFUND_MISSING,
    REFUND_NOT_DOUBLED,
    REFUND_DOUBLED_WITHOUT_CAUSE,
    REFUND_EXCEEDS_FEES,
    GOODWILL_DOUBLED,
    CHANNELS_DISAGREE,
    ANSWER_INCOMPLETE,
    ANSWER_UNTRUE,
    WITHDRAWAL_NOT_EVERYWHERE,
    LIST_UNANSWERED,
    LIST_INCOMPLETE,
    LIST_FROM_WRONG_PORT,
    HALL_NOTE_FORGOTTEN,
    CHANNEL_NOT_OPEN,
    MENU_LEADS_NOWHERE,
    CALL_NOT_RETURNED,
    CALL_RETURNED_TWICE,
    CALL_RETURNED_OUT_OF_HOURS,
    CHOICE_NOT_OFFERED,
    OTHER_WAYS_UNTOLD,
)


def all_rules() -> tuple[Rule, ...]:
    """The shipped rules, then third parties' in order of their names; raises DialtestError for what is no rule."""
    return ALL_RULES + tuple(_registered(point) for point in sorted(entry_points(group=GROUP), key=lambda p: p.name))


def _registered(point: EntryPoint) -> Rule:
    found = point.load()
    if not isinstance(found, Rule):
        raise DialtestError(f"The entry point “{point.name}” of {GROUP} is no rule.", "It must name a Rule.")
    return found
