"""Who else rings the hotline on a day (H1): ordinary calls, and the share of those who were reminded."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import exp

from dialtest.policy.hotline_terms import HOURS, CallBackShare, Desk, HotlineTerms
from dialtest.policy.policy import Policy
from dialtest.policy.terms import Terms
from dialtest.sandbox.chance import Chance
from dialtest.sandbox.hotline.brand_desk import HOUR_S
from dialtest.sandbox.hotline.caller import Caller
from dialtest.sandbox.hotline.laws import exponential_s
from dialtest.sandbox.reminders import DAY_BEGINS_H, DAY_ENDS_H

BUSY_FROM_H, BUSY_UNTIL_H = 8, 22


def background_calls(policy: Policy, desk: Desk, day: date, seed: int) -> list[Caller]:
    """Every call of a day that asks an agent of this desk, oldest first; the same for a seed, whoever else calls."""
    terms = policy.terms(policy.midnight(day))
    if terms.hotline is None:
        return []
    chance = Chance(seed, "background calls", desk.brand, day)
    return list(_callers(terms.hotline, desk, expected_per_hour(policy, terms, desk, day), chance))


def expected_per_hour(policy: Policy, terms: Terms, desk: Desk, day: date) -> list[float]:
    """How many calls each hour of the day is expected to bring."""
    hours = [desk.background_per_h * (1.0 if BUSY_FROM_H <= hour < BUSY_UNTIL_H else desk.night_share)
             for hour in range(HOURS)]  # fmt: skip
    for share, reminded in _reminded(policy, terms, desk, day):
        calls = share.share * reminded
        for hour in range(HOURS):
            hours[hour] += calls * (called_by(hour + 1, share.mean_delay_s) - called_by(hour, share.mean_delay_s))
    return hours


def called_by(hour: float, mean_delay_s: float) -> float:
    """Which share of the day's callers has called by then.

    Reminders go out evenly over the carrier's day, each caller calls after an exponential delay of mean D, so by t it
    is the mean of 1 − exp(−(t − s)/D) over the times s < t at which reminders went out.
    """
    delay_h, sent_h = mean_delay_s / HOUR_S, DAY_ENDS_H - DAY_BEGINS_H
    since = hour - DAY_BEGINS_H
    if since <= 0:
        return 0.0
    if delay_h == 0:
        return min(since, sent_h) / sent_h
    sent = min(since, sent_h)
    return (sent - delay_h * (exp(-(since - sent) / delay_h) - exp(-since / delay_h))) / sent_h


def wording_of(text: str, query_command: str) -> str:
    """H1: whether a reminder names the query command as a way out beside the hotline."""
    return "10086_and_0000" if query_command in text else "10086"


def _reminded(policy: Policy, terms: Terms, desk: Desk, day: date) -> Iterator[tuple[CallBackShare, int]]:
    """Which kinds of reminders go out to the desk's subscribers on a day, to how many, and who of them calls."""
    sent = [("first", "10086", desk.ordered_per_day)]
    second, existing = terms.second_reminder, terms.existing
    if second is not None and second.first_day <= day.day <= second.last_day:
        sent.append(("second", wording_of(second.text, policy.query_command), desk.reminded_per_day))
    if existing is not None and any(
        batch.brand in (desk.brand, "all") and batch.first_date <= day <= batch.last_date for batch in existing.batches
    ):
        sent.append(("existing", wording_of(existing.extra_text, policy.query_command), desk.reminded_per_day))
    for reminder, wording, reminded in sent:
        share = terms.hotline.share_of(reminder, wording) if terms.hotline is not None else None
        if share is not None:
            yield share, reminded


def _callers(terms: HotlineTerms, desk: Desk, per_hour: list[float], chance: Chance) -> Iterator[Caller]:
    call = 0
    for hour, expected in enumerate(per_hour):
        if not expected:
            continue
        now_s = hour * HOUR_S + exponential_s(chance, HOUR_S / expected)
        while now_s < (hour + 1) * HOUR_S:
            call += 1
            yield Caller(
                call,
                f"background {call}",
                desk.brand,
                now_s,
                exponential_s(chance, terms.patience_mean_s),
                exponential_s(chance, terms.handle_mean_s),
                chance.share() < terms.emergency.self_service_share,
            )
            now_s += exponential_s(chance, HOUR_S / expected)
