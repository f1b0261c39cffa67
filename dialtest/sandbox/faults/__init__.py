"""Planted faults: each one small file, one line in this list."""

from __future__ import annotations

from collections.abc import Mapping

from dialtest.sandbox.faults.all_fees_denied import AllFeesDenied
from dialtest.sandbox.faults.call_not_returned import CallNotReturned
from dialtest.sandbox.faults.call_returned_at_night import CallReturnedAtNight
from dialtest.sandbox.faults.call_returned_twice import CallReturnedTwice
from dialtest.sandbox.faults.channel_opens_late import ChannelOpensLate
from dialtest.sandbox.faults.charge_after_withdrawal import ChargeAfterWithdrawal
from dialtest.sandbox.faults.charge_before_the_first import ChargeBeforeTheFirst
from dialtest.sandbox.faults.charge_for_command import ChargeForCommand
from dialtest.sandbox.faults.charge_for_withdrawal import ChargeForWithdrawal
from dialtest.sandbox.faults.charge_in_free_period import ChargeInFreePeriod
from dialtest.sandbox.faults.charge_over_tariff import ChargeOverTariff
from dialtest.sandbox.faults.charge_twice_a_month import ChargeTwiceAMonth
from dialtest.sandbox.faults.charge_twice_a_week import ChargeTwiceAWeek
from dialtest.sandbox.faults.charge_until_carried_out import ChargeUntilCarriedOut
from dialtest.sandbox.faults.choice_not_offered import ChoiceNotOffered
from dialtest.sandbox.faults.complaint_answered_late import ComplaintAnsweredLate
from dialtest.sandbox.faults.complaint_brushed_off import ComplaintBrushedOff
from dialtest.sandbox.faults.complaint_only_received import ComplaintOnlyReceived
from dialtest.sandbox.faults.complaint_unanswered import ComplaintUnanswered
from dialtest.sandbox.faults.confirmation_stuck import ConfirmationStuck
from dialtest.sandbox.faults.content_not_delivered import ContentNotDelivered
from dialtest.sandbox.faults.control_number_subscribed import ControlNumberSubscribed
from dialtest.sandbox.faults.existing_reminder_from_old_port import ExistingReminderFromOldPort
from dialtest.sandbox.faults.existing_reminder_incomplete import ExistingReminderIncomplete
from dialtest.sandbox.faults.existing_reminder_late import ExistingReminderLate
from dialtest.sandbox.faults.existing_reminder_missing import ExistingReminderMissing
from dialtest.sandbox.faults.existing_reminder_of_withdrawn import ExistingReminderOfWithdrawn
from dialtest.sandbox.faults.existing_reminder_twice import ExistingReminderTwice
from dialtest.sandbox.faults.existing_reminder_understates_tariff import ExistingReminderUnderstatesTariff
from dialtest.sandbox.faults.fault import Fault
from dialtest.sandbox.faults.first_reminder_free_longer import FirstReminderFreeLonger
from dialtest.sandbox.faults.first_reminder_late import FirstReminderLate
from dialtest.sandbox.faults.first_reminder_missing import FirstReminderMissing
from dialtest.sandbox.faults.first_reminder_names_other_hotline import FirstReminderNamesOtherHotline
from dialtest.sandbox.faults.first_reminder_names_other_way_out import FirstReminderNamesOtherWayOut
from dialtest.sandbox.faults.first_reminder_understates_tariff import FirstReminderUnderstatesTariff
from dialtest.sandbox.faults.first_reminder_without_price import FirstReminderWithoutPrice
from dialtest.sandbox.faults.first_reminder_without_way_out import FirstReminderWithoutWayOut
from dialtest.sandbox.faults.goodwill_doubled import GoodwillDoubled
from dialtest.sandbox.faults.hall_note_lost import HallNoteLost
from dialtest.sandbox.faults.hall_note_not_announced import HallNoteNotAnnounced
from dialtest.sandbox.faults.help_command_orders import HelpCommandOrders
from dialtest.sandbox.faults.honest_charge_doubled import HonestChargeDoubled
from dialtest.sandbox.faults.late_receipt import LateReceipt
from dialtest.sandbox.faults.late_verification_doubled import LateVerificationDoubled
from dialtest.sandbox.faults.list_from_own_port import ListFromOwnPort
from dialtest.sandbox.faults.list_leaves_out import ListLeavesOut
from dialtest.sandbox.faults.list_not_sent import ListNotSent
from dialtest.sandbox.faults.list_reply_ends_all import ListReplyEndsAll
from dialtest.sandbox.faults.list_reply_ignored import ListReplyIgnored
from dialtest.sandbox.faults.menu_hides_subscription import MenuHidesSubscription
from dialtest.sandbox.faults.menu_leads_nowhere import MenuLeadsNowhere
from dialtest.sandbox.faults.menu_shows_other_tariff import MenuShowsOtherTariff
from dialtest.sandbox.faults.menu_withdrawal_lost import MenuWithdrawalLost
from dialtest.sandbox.faults.no_confirmation_page import NoConfirmationPage
from dialtest.sandbox.faults.no_receipt import NoReceipt
from dialtest.sandbox.faults.order_makes_several import OrderMakesSeveral
from dialtest.sandbox.faults.order_subscribes_to_something_else import OrderSubscribesToSomethingElse
from dialtest.sandbox.faults.order_taken_twice import OrderTakenTwice
from dialtest.sandbox.faults.order_unknown_to_boss import OrderUnknownToBoss
from dialtest.sandbox.faults.order_unknown_until_night import OrderUnknownUntilNight
from dialtest.sandbox.faults.other_ways_untold import OtherWaysUntold
from dialtest.sandbox.faults.page_buries_price import PageBuriesPrice
from dialtest.sandbox.faults.page_hides_price import PageHidesPrice
from dialtest.sandbox.faults.page_looks_per_use import PageLooksPerUse
from dialtest.sandbox.faults.page_names_other_command import PageNamesOtherCommand
from dialtest.sandbox.faults.page_omits_period import PageOmitsPeriod
from dialtest.sandbox.faults.page_omits_way_out import PageOmitsWayOut
from dialtest.sandbox.faults.page_poses_as_carrier import PagePosesAsCarrier
from dialtest.sandbox.faults.page_poses_as_prize import PagePosesAsPrize
from dialtest.sandbox.faults.page_prints_price_tiny import PagePrintsPriceTiny
from dialtest.sandbox.faults.page_says_free import PageSaysFree
from dialtest.sandbox.faults.page_shows_lower_price import PageShowsLowerPrice
from dialtest.sandbox.faults.page_submits_itself import PageSubmitsItself
from dialtest.sandbox.faults.page_ticks_box import PageTicksBox
from dialtest.sandbox.faults.page_view_charges import PageViewCharges
from dialtest.sandbox.faults.page_view_orders import PageViewOrders
from dialtest.sandbox.faults.per_use_charged_monthly import PerUseChargedMonthly
from dialtest.sandbox.faults.per_use_order_subscribes import PerUseOrderSubscribes
from dialtest.sandbox.faults.phantom_use import PhantomUse
from dialtest.sandbox.faults.prompt_hides_price import PromptHidesPrice
from dialtest.sandbox.faults.prompt_hides_subscription import PromptHidesSubscription
from dialtest.sandbox.faults.push_poses_as_carrier import PushPosesAsCarrier
from dialtest.sandbox.faults.push_poses_as_friend import PushPosesAsFriend
from dialtest.sandbox.faults.push_says_free import PushSaysFree
from dialtest.sandbox.faults.query_command_orders import QueryCommandOrders
from dialtest.sandbox.faults.refund_not_doubled import RefundNotDoubled
from dialtest.sandbox.faults.refund_tripled import RefundTripled
from dialtest.sandbox.faults.refund_withheld import RefundWithheld
from dialtest.sandbox.faults.reminders_from_old_port import RemindersFromOldPort
from dialtest.sandbox.faults.reminders_from_own_port import RemindersFromOwnPort
from dialtest.sandbox.faults.reorder_charged_at_once import ReorderChargedAtOnce
from dialtest.sandbox.faults.screen_misdates_order import ScreenMisdatesOrder
from dialtest.sandbox.faults.screen_shows_old_tariff import ScreenShowsOldTariff
from dialtest.sandbox.faults.screen_without_history import ScreenWithoutHistory
from dialtest.sandbox.faults.screen_without_hotline import ScreenWithoutHotline
from dialtest.sandbox.faults.second_free_month_charged import SecondFreeMonthCharged
from dialtest.sandbox.faults.second_reminder_late import SecondReminderLate
from dialtest.sandbox.faults.second_reminder_missing import SecondReminderMissing
from dialtest.sandbox.faults.second_reminder_twice import SecondReminderTwice
from dialtest.sandbox.faults.second_reminder_understates_tariff import SecondReminderUnderstatesTariff
from dialtest.sandbox.faults.second_reminder_without_way_out import SecondReminderWithoutWayOut
from dialtest.sandbox.faults.several_charges_per_use import SeveralChargesPerUse
from dialtest.sandbox.faults.subscribe_at_first_yes import SubscribeAtFirstYes
from dialtest.sandbox.faults.understated_receipt import UnderstatedReceipt
from dialtest.sandbox.faults.unverified_doubled import UnverifiedDoubled
from dialtest.sandbox.faults.use_over_tariff import UseOverTariff
from dialtest.sandbox.faults.withdrawal_carried_out_late import WithdrawalCarriedOutLate
from dialtest.sandbox.faults.withdrawal_confirmed_by_old_port import WithdrawalConfirmedByOldPort
from dialtest.sandbox.faults.withdrawal_confirmed_by_own_port import WithdrawalConfirmedByOwnPort
from dialtest.sandbox.faults.withdrawal_confirmed_late import WithdrawalConfirmedLate
from dialtest.sandbox.faults.withdrawal_ignored import WithdrawalIgnored
from dialtest.sandbox.faults.withdrawal_lost import WithdrawalLost
from dialtest.sandbox.faults.withdrawal_not_in_menu import WithdrawalNotInMenu
from dialtest.sandbox.faults.withdrawal_refused import WithdrawalRefused
from dialtest.sandbox.faults.withdrawal_unconfirmed import WithdrawalUnconfirmed
from dialtest.sandbox.faults.withdrawal_undone import WithdrawalUndone
from dialtest.sandbox.faults.word_for_all_ends_one import WordForAllEndsOne
from dialtest.sandbox.faults.wrong_command_orders import WrongCommandOrders

ALL_FAULTS: Mapping[str, type[Fault]] = {
    "charge-over-tariff": ChargeOverTariff,
    "use-over-tariff": UseOverTariff,
    "charge-in-free-period": ChargeInFreePeriod,
    "second-free-month-charged": SecondFreeMonthCharged,
    "charge-before-the-first": ChargeBeforeTheFirst,
    "reorder-charged-at-once": ReorderChargedAtOnce,
    "charge-twice-a-month": ChargeTwiceAMonth,
    "charge-after-withdrawal": ChargeAfterWithdrawal,
    "charge-until-carried-out": ChargeUntilCarriedOut,
    "phantom-use": PhantomUse,
    "page-view-charges": PageViewCharges,
    "charge-for-command": ChargeForCommand,
    "charge-for-withdrawal": ChargeForWithdrawal,
    "per-use-charged-monthly": PerUseChargedMonthly,
    "several-charges-per-use": SeveralChargesPerUse,
    "page-view-orders": PageViewOrders,
    "help-command-orders": HelpCommandOrders,
    "query-command-orders": QueryCommandOrders,
    "wrong-command-orders": WrongCommandOrders,
    "order-makes-several": OrderMakesSeveral,
    "per-use-order-subscribes": PerUseOrderSubscribes,
    "no-confirmation-page": NoConfirmationPage,
    "first-reminder-missing": FirstReminderMissing,
    "first-reminder-late": FirstReminderLate,
    "first-reminder-without-price": FirstReminderWithoutPrice,
    "first-reminder-without-way-out": FirstReminderWithoutWayOut,
    "first-reminder-names-other-way-out": FirstReminderNamesOtherWayOut,
    "first-reminder-names-other-hotline": FirstReminderNamesOtherHotline,
    "first-reminder-understates-tariff": FirstReminderUnderstatesTariff,
    "first-reminder-free-longer": FirstReminderFreeLonger,
    "reminders-from-own-port": RemindersFromOwnPort,
    "reminders-from-old-port": RemindersFromOldPort,
    "second-reminder-missing": SecondReminderMissing,
    "second-reminder-late": SecondReminderLate,
    "second-reminder-twice": SecondReminderTwice,
    "second-reminder-understates-tariff": SecondReminderUnderstatesTariff,
    "second-reminder-without-way-out": SecondReminderWithoutWayOut,
    "existing-reminder-missing": ExistingReminderMissing,
    "existing-reminder-twice": ExistingReminderTwice,
    "existing-reminder-late": ExistingReminderLate,
    "existing-reminder-from-old-port": ExistingReminderFromOldPort,
    "existing-reminder-understates-tariff": ExistingReminderUnderstatesTariff,
    "existing-reminder-incomplete": ExistingReminderIncomplete,
    "existing-reminder-of-withdrawn": ExistingReminderOfWithdrawn,
    "withdrawal-ignored": WithdrawalIgnored,
    "withdrawal-refused": WithdrawalRefused,
    "withdrawal-undone": WithdrawalUndone,
    "confirmation-stuck": ConfirmationStuck,
    "order-taken-twice": OrderTakenTwice,
    "order-unknown-to-boss": OrderUnknownToBoss,
    "order-unknown-until-night": OrderUnknownUntilNight,
    "withdrawal-carried-out-late": WithdrawalCarriedOutLate,
    "withdrawal-lost": WithdrawalLost,
    "withdrawal-unconfirmed": WithdrawalUnconfirmed,
    "withdrawal-confirmed-late": WithdrawalConfirmedLate,
    "withdrawal-confirmed-by-own-port": WithdrawalConfirmedByOwnPort,
    "withdrawal-confirmed-by-old-port": WithdrawalConfirmedByOldPort,
    "control-number-subscribed": ControlNumberSubscribed,
    "subscribe-at-first-yes": SubscribeAtFirstYes,
    "prompt-hides-price": PromptHidesPrice,
    "prompt-hides-subscription": PromptHidesSubscription,
    "no-receipt": NoReceipt,
    "late-receipt": LateReceipt,
    "understated-receipt": UnderstatedReceipt,
    "charge-twice-a-week": ChargeTwiceAWeek,
    "page-says-free": PageSaysFree,
    "page-shows-lower-price": PageShowsLowerPrice,
    "page-hides-price": PageHidesPrice,
    "page-prints-price-tiny": PagePrintsPriceTiny,
    "page-buries-price": PageBuriesPrice,
    "page-omits-period": PageOmitsPeriod,
    "page-looks-per-use": PageLooksPerUse,
    "page-omits-way-out": PageOmitsWayOut,
    "page-ticks-box": PageTicksBox,
    "page-submits-itself": PageSubmitsItself,
    "page-poses-as-carrier": PagePosesAsCarrier,
    "page-poses-as-prize": PagePosesAsPrize,
    "page-names-other-command": PageNamesOtherCommand,
    "push-poses-as-carrier": PushPosesAsCarrier,
    "push-poses-as-friend": PushPosesAsFriend,
    "push-says-free": PushSaysFree,
    "content-not-delivered": ContentNotDelivered,
    "order-subscribes-to-something-else": OrderSubscribesToSomethingElse,
    "menu-shows-other-tariff": MenuShowsOtherTariff,
    "menu-hides-subscription": MenuHidesSubscription,
    "screen-without-hotline": ScreenWithoutHotline,
    "screen-without-history": ScreenWithoutHistory,
    "screen-shows-old-tariff": ScreenShowsOldTariff,
    "screen-misdates-order": ScreenMisdatesOrder,
    "withdrawal-not-in-menu": WithdrawalNotInMenu,
    "list-not-sent": ListNotSent,
    "list-leaves-out": ListLeavesOut,
    "list-from-own-port": ListFromOwnPort,
    "list-reply-ignored": ListReplyIgnored,
    "list-reply-ends-all": ListReplyEndsAll,
    "word-for-all-ends-one": WordForAllEndsOne,
    "hall-note-lost": HallNoteLost,
    "hall-note-not-announced": HallNoteNotAnnounced,
    "channel-opens-late": ChannelOpensLate,
    "refund-withheld": RefundWithheld,
    "all-fees-denied": AllFeesDenied,
    "complaint-brushed-off": ComplaintBrushedOff,
    "refund-not-doubled": RefundNotDoubled,
    "refund-tripled": RefundTripled,
    "honest-charge-doubled": HonestChargeDoubled,
    "goodwill-doubled": GoodwillDoubled,
    "unverified-doubled": UnverifiedDoubled,
    "late-verification-doubled": LateVerificationDoubled,
    "complaint-unanswered": ComplaintUnanswered,
    "complaint-only-received": ComplaintOnlyReceived,
    "complaint-answered-late": ComplaintAnsweredLate,
    "menu-leads-nowhere": MenuLeadsNowhere,
    "menu-withdrawal-lost": MenuWithdrawalLost,
    "call-not-returned": CallNotReturned,
    "call-returned-twice": CallReturnedTwice,
    "call-returned-at-night": CallReturnedAtNight,
    "choice-not-offered": ChoiceNotOffered,
    "other-ways-untold": OtherWaysUntold,
}
