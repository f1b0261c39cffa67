"""Takes the calls of the carrier's subscribers (H1, H3): menu, agent, emergency flow, and the call back that is owed.

The carrier's time stands still while a call is answered, so its whole course is told at once, with the times at which
each thing is heard; what the caller asked for is done at those times. Queues are worked out for a brand and day only
when somebody calls.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import date, datetime
from functools import partial

from dialtest.model.act import Call
from dialtest.model.observation import AnyObservation, CallLog, Trouble
from dialtest.policy.hotline_terms import Desk, HotlineTerms
from dialtest.sandbox.core import Core
from dialtest.sandbox.hotline.background import background_calls
from dialtest.sandbox.hotline.brand_day import BrandDay, Fate
from dialtest.sandbox.hotline.brand_desk import HOUR_S
from dialtest.sandbox.hotline.calls_back import CallsBack
from dialtest.sandbox.hotline.one_call import OneCall
from dialtest.sandbox.ledger import Account

DAYS_KEPT = 32
SPARE_S = 3600  # an outage may keep the crew from ringing for up to 41 minutes


class Reception:
    """The hotline of one carrier."""

    def __init__(self, core: Core) -> None:
        self._core = core
        self._days: OrderedDict[tuple[str, date], BrandDay] = OrderedDict()
        self._calls_back = CallsBack(core)

    def call(self, account: Account, act: Call, now: datetime) -> AnyObservation:
        """A subscriber calls."""
        terms = self._core.terms.hotline
        if terms is None or act.to != terms.number:
            return Trouble(now, "refused", f"{act.to} is not in service")
        fate = partial(self._fate, terms, account, act)
        return OneCall(self._core, terms, account, act, self._calls_back, fate).called()

    def call_log(self, account: Account, now: datetime) -> CallLog:
        """Who rang this subscriber's handset."""
        return CallLog(now, self._calls_back.log(account))

    def _fate(
        self, terms: HotlineTerms, account: Account, act: Call, asked_at: datetime, takes_self_service: bool
    ) -> Fate:
        """What becomes of a subscriber who asks for an agent then; seconds are those since that moment."""
        policy = self._core.policy
        desk = terms.desk(account.number.brand) or terms.desks[0]
        midnight = policy.midnight(asked_at.date())
        asked_s = (asked_at - midnight).total_seconds()
        day = self._day(terms, desk, midnight.date())
        fate = day.fate(asked_s, max(act.patience_s, 0), takes_self_service)
        latest_s = fate.left_s + terms.emergency.call_back_within_h * HOUR_S - SPARE_S
        back_s = min(fate.called_back_s, latest_s) - asked_s
        return Fate(fate.outcome, fate.left_s - asked_s, fate.offered, back_s)

    def _day(self, terms: HotlineTerms, desk: Desk, day: date) -> BrandDay:
        key = (desk.brand, day)
        found = self._days.get(key)
        if found is None:
            callers = background_calls(self._core.policy, desk, day, self._core.seed)
            found = self._days[key] = BrandDay(terms, desk, callers, self._core.seed)
            if len(self._days) > DAYS_KEPT:
                self._days.popitem(last=False)
        return found
