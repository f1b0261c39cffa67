"""The batches of reminders as a plan writes them (T8), and who of those reminded calls back (H1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal, cast

from dialtest.language import _
from dialtest.policy.hotline_terms import HotlineTerms
from dialtest.policy.policy import Policy
from load.law import Exponential
from load.plan.horizon import LONGEST_DAYS
from load.plan.laws import read_law
from load.plan.surge_plan import DAY_S, Batch, CallBack, ReminderKind
from load.plan.tables import REQUIRED, Tables

MOST_SUBSCRIBERS = 100_000_000
KINDS: Mapping[ReminderKind, Literal["first", "second", "existing"]] = {
    "order": "first",
    "second": "second",
    "existing": "existing",
}
"""A plan's kinds of reminders, and what the policy calls them."""


def read_batches(
    tables: Tables, top: Mapping[str, Any], policy: Policy, hotline: HotlineTerms | None
) -> tuple[Batch, ...]:
    stated = tables.several(top, "batch")
    if not stated and "batch" not in tables.wrong_keys:
        tables.wrong("batch", "", _("at least one [[batch]]"), _("Add a batch with number, brand, size and start."))
    general = tables.table(top, "callback", "")
    batches = tuple(
        _batch(tables, one, f"batch[{place}].", general, policy, hotline) for place, one in enumerate(stated, 1)
    )
    seen: set[tuple[int, str]] = set()
    for batch in batches:
        if (batch.number, batch.brand) in seen:
            tables.wrong("batch.number", batch.number, _("each number once a brand"), _("Number the batches anew."))
        seen.add((batch.number, batch.brand))
    return batches


def _batch(
    tables: Tables,
    stated: Mapping[str, Any],
    above: str,
    general: Mapping[str, Any],
    policy: Policy,
    hotline: HotlineTerms | None,
) -> Batch:
    known = ("number", "brand", "size", "start", "messages_per_s", "parts", "callback", "kind", "wording")
    one = tables.known(stated, above, known)
    own = tables.table(one, "callback", above) | {key: one[key] for key in ("kind", "wording") if key in one}
    brands = [desk.brand for desk in hotline.desks] if hotline else []
    batch = Batch(
        number=int(tables.number(one, "number", above, 1, 100_000, REQUIRED, whole=True)),
        brand=tables.brand(one, "brand", above, brands),
        size=int(tables.number(one, "size", above, 0, MOST_SUBSCRIBERS, REQUIRED, whole=True)),
        start=tables.moment(one, "start", above, policy.zone),
        messages_per_s=tables.number(one, "messages_per_s", above, 0, 1_000_000, 0.0),
        parts=int(tables.number(one, "parts", above, 1, 255, 1, whole=True)),
        callback=_callback(tables, {**general, **own}, f"{above}callback." if own else "callback.", hotline),
    )
    if batch.messages_per_s and batch.size * batch.parts / batch.messages_per_s > LONGEST_DAYS * DAY_S:
        expected = _("a rate that sends the batch within {days} days").format(days=LONGEST_DAYS)
        tables.wrong(f"{above}messages_per_s", batch.messages_per_s, expected)
    return batch


def _callback(tables: Tables, stated: Mapping[str, Any], above: str, hotline: HotlineTerms | None) -> CallBack:
    known = ("share", "delay", "kind", "wording", "instead_sms", "instead_web")
    one = tables.known(stated, above, known)
    kind = tables.choice(one, "kind", above, tuple(KINDS), "existing")
    wording = tables.choice(one, "wording", above, ("10086", "10086_and_0000"), "10086")
    prior = hotline.share_of(KINDS[cast(ReminderKind, kind)], wording) if hotline else None
    callback = CallBack(
        share=tables.number(one, "share", above, 0, 1, prior.share if prior else REQUIRED),
        delay=read_law(tables, one, "delay", above, Exponential(prior.mean_delay_s if prior else 3600)),
        kind=cast(ReminderKind, kind),
        wording=wording,
        instead_sms=tables.number(one, "instead_sms", above, 0, 1, 0.0),
        instead_web=tables.number(one, "instead_web", above, 0, 1, 0.0),
    )
    if callback.instead_sms + callback.instead_web > 1:
        both = callback.instead_sms + callback.instead_web
        tables.wrong(f"{above}instead_sms", both, _("shares that make 1 at most together"))
    return callback
