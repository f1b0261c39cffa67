"""Reads a planner's TOML strictly: everything that is wrong is told at once, with its key and the nearest known one."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import sha256
from math import ceil, isfinite
from pathlib import Path
from typing import Any, Literal, cast
from zoneinfo import ZoneInfo

from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.policy.hotline_terms import HotlineTerms
from dialtest.policy.load import load_policy
from dialtest.policy.policy import Policy
from dialtest.problem import raise_if_any
from load.law import Exponential
from load.plan.desks import read_desks, read_pools
from load.plan.laws import read_law
from load.plan.sending import sending
from load.plan.surge_plan import (
    HOURS,
    Batch,
    CallBack,
    CallLaws,
    Emergency,
    Lines,
    QuietHours,
    Redial,
    ReminderKind,
    SurgePlan,
    Window,
)
from load.plan.tables import REQUIRED, Tables

FILE_LIMIT = 10_000_000
MOST_SUBSCRIBERS = 100_000_000
QUARTER_S = 900
CALLED_BY_THEN = 0.9999
LONGEST_DAYS = 400
KINDS: Mapping[ReminderKind, Literal["first", "second", "existing"]] = {
    "order": "first",
    "second": "second",
    "existing": "existing",
}
TOP = ("name", "policy", "seed", "begins", "ends", "batch", "callback", "call", "agents", "pool", "background",
       "emergency", "lines", "quiet", "window", "standard")  # fmt: skip


def load_plan(path: Path) -> SurgePlan:
    """The plan in the file at `path`. Raises DialtestError with every problem of the file."""
    try:
        with path.open("rb") as file:
            content = file.read(FILE_LIMIT + 1)
    except OSError as error:
        problem = _("{path} cannot be read: {reason}.").format(path=path, reason=error.strerror)
        raise DialtestError(
            problem, _("Write a plan to edit with: dialtest surge init {path}").format(path=path)
        ) from None
    if len(content) > FILE_LIMIT:
        raise DialtestError(_("{path} is larger than 10 MB.").format(path=path), _("A plan is a page of text."))
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        problem = _("{path} is not UTF-8 text (byte {byte}).").format(path=path, byte=error.start)
        raise DialtestError(problem, _("Save it again as UTF-8.")) from None
    return parse_plan(text, str(path), path.stem)


def parse_plan(text: str, where: str, name: str = "plan") -> SurgePlan:
    """The plan in `text`; `where` names it in errors, `name` is its name unless it states one."""
    try:
        stated = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError) as error:
        what = _("this is not valid TOML: {error}.").format(error=error)
        raise DialtestError(f"{where}: {what}", _("Compare it with what `dialtest surge init` writes.")) from None
    tables = Tables(where)
    top = tables.known(stated, "", TOP)
    policy = load_policy(tables.text(top, "policy", "", "monternet-2006"))
    hotline = policy.terms(policy.midnight(policy.starts)).hotline
    batches = _batches(tables, top, policy, hotline)
    raise_if_any(tables.problems)
    desks = read_desks(tables, top, hotline, {batch.brand for batch in batches})
    laws = _call(tables, top)
    begins, ends = _horizon(tables, top, policy.zone, batches)
    raise_if_any(tables.problems)
    plan = SurgePlan(
        name=tables.text(top, "name", "", name),
        policy=policy.name,
        zone=policy.zone,
        begins=begins,
        ends=ends or begins,
        batches=batches,
        call=laws,
        desks=desks,
        pools=read_pools(tables, top, [desk.brand for desk in desks]),
        background_per_h=_background(tables, top, [desk.brand for desk in desks]),
        emergency=_emergency(tables, top, hotline),
        lines=_lines(tables, top),
        quiet=_quiet(tables, top),
        window=_window(tables, top, policy),
        seed=int(tables.number(top, "seed", "", 0, 2**63 - 1, 2006, whole=True)),
        digest=sha256(text.encode()).hexdigest(),
    )
    raise_if_any(tables.problems)
    return plan if ends else _until_all_called(plan)


def _batches(tables: Tables, top: Mapping[str, Any], policy: Policy, hotline: HotlineTerms | None) -> tuple[Batch, ...]:
    stated = tables.several(top, "batch")
    if not stated and "batch" not in tables.wrong_keys:
        tables.wrong("batch", "", _("at least one [[batch]]"), _("Add a batch with number, brand, size and start."))
    general = tables.table(top, "callback", "")
    batches = tuple(
        _batch(tables, one, f"batch[{place}].", general, policy, hotline) for place, one in enumerate(stated, 1)
    )
    seen: set[int] = set()
    for batch in batches:
        if batch.number in seen:
            tables.wrong("batch.number", batch.number, _("each number once"), _("Number the batches anew."))
        seen.add(batch.number)
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
    return Batch(
        number=int(tables.number(one, "number", above, 1, 100_000, REQUIRED, whole=True)),
        brand=tables.brand(one, "brand", above, brands),
        size=int(tables.number(one, "size", above, 0, MOST_SUBSCRIBERS, REQUIRED, whole=True)),
        start=tables.moment(one, "start", above, policy.zone),
        messages_per_s=tables.number(one, "messages_per_s", above, 0, 1_000_000, 0.0),
        parts=int(tables.number(one, "parts", above, 1, 255, 1, whole=True)),
        callback=_callback(tables, {**general, **own}, f"{above}callback." if own else "callback.", hotline),
    )


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


def _call(tables: Tables, top: Mapping[str, Any]) -> CallLaws:
    one = tables.known(tables.table(top, "call", ""), "call.", ("handle", "patience", "redial", "menu"))
    redial = tables.known(tables.table(one, "redial", "call."), "call.redial.", ("share", "delay", "most"))
    return CallLaws(
        handle=read_law(tables, one, "handle", "call.", Exponential(180)),
        patience=read_law(tables, one, "patience", "call.", Exponential(120), never=True),
        redial=Redial(
            share=tables.number(redial, "share", "call.redial.", 0, 1, 0.0),
            delay=read_law(tables, redial, "delay", "call.redial.", Exponential(600)),
            most=int(tables.number(redial, "most", "call.redial.", 0, 100, 20, whole=True)),
        ),
        menu=read_law(tables, one, "menu", "call.", Exponential(30)) if "menu" in one else None,
    )


def _background(tables: Tables, top: Mapping[str, Any], brands: Sequence[str]) -> Mapping[str, tuple[float, ...]]:
    """Ordinary calls an hour by brand: one figure, or 24 of them."""
    one = tables.known(tables.table(top, "background", ""), "background.", brands)
    found: dict[str, tuple[float, ...]] = {}
    for brand in one:
        value = one[brand]
        if isinstance(value, list) and len(value) == HOURS:
            hours = {str(hour): per_h for hour, per_h in enumerate(value)}
            found[brand] = tuple(tables.number(hours, h, f"background.{brand}.", 0, 1e7, 0.0) for h in hours)
        elif isinstance(value, list):
            tables.wrong(f"background.{brand}", f"{len(value)}", _("one figure, or 24: one for each hour of the day"))
        else:
            found[brand] = (tables.number(one, brand, "background.", 0, 1e7, 0.0),) * HOURS
    return found


def _emergency(tables: Tables, top: Mapping[str, Any], hotline: HotlineTerms | None) -> Emergency | None:
    """The emergency flow where the plan has its table; what that leaves out is the policy's."""
    if "emergency" not in top:
        return None
    known = ("on_below", "off_at", "window_s", "least_calls", "self_service_share", "call_back_agents",
             "call_back_mean_s", "call_back_from_h", "call_back_until_h")  # fmt: skip
    one, above = tables.known(tables.table(top, "emergency", ""), "emergency.", known), "emergency."
    prior = hotline.emergency if hotline else None

    def default(name: str) -> Any:
        return getattr(prior, name) if prior else REQUIRED

    flow = Emergency(
        on_below=tables.number(one, "on_below", above, 0, 1, default("on_below")),
        off_at=tables.number(one, "off_at", above, 0, 1, default("off_at")),
        window_s=tables.number(one, "window_s", above, 1, 86_400, default("window_s")),
        least_calls=int(tables.number(one, "least_calls", above, 1, 1e6, default("least_calls"), whole=True)),
        self_service_share=tables.number(one, "self_service_share", above, 0, 1, default("self_service_share")),
        call_back_agents=int(
            tables.number(one, "call_back_agents", above, 0, 1e6, default("call_back_agents"), whole=True)
        ),
        call_back_mean_s=tables.number(one, "call_back_mean_s", above, 1, 86_400, default("call_back_mean_s")),
        call_back_from_h=int(
            tables.number(one, "call_back_from_h", above, 0, 23, default("call_back_from_h"), whole=True)
        ),
        call_back_until_h=int(
            tables.number(one, "call_back_until_h", above, 1, 24, default("call_back_until_h"), whole=True)
        ),
    )
    if flow.off_at < flow.on_below:
        tables.wrong(
            "emergency.off_at", flow.off_at, _("a rate not below on_below ({rate})").format(rate=flow.on_below)
        )
    return flow


def _lines(tables: Tables, top: Mapping[str, Any]) -> Lines:
    one = tables.known(tables.table(top, "lines", ""), "lines.", ("lines", "menu_ports"))

    def limit(key: str) -> int | None:
        return int(tables.number(one, key, "lines.", 1, 1e7, REQUIRED, whole=True)) if key in one else None

    return Lines(limit("lines"), limit("menu_ports"))


def _quiet(tables: Tables, top: Mapping[str, Any]) -> QuietHours | None:
    one = tables.known(tables.table(top, "quiet", ""), "quiet.", ("from", "until"))
    if not one:
        return None
    quiet = QuietHours(tables.time_s(one, "from", "quiet."), tables.time_s(one, "until", "quiet."))
    if quiet.from_s == quiet.until_s:
        tables.wrong("quiet.until", one.get("until"), _("a time other than the quiet hours' begin"))
    return quiet


def _window(tables: Tables, top: Mapping[str, Any], policy: Policy) -> Window | None:
    """What `schedule` plans in: the plan's window, or the policy's days of existing subscriptions (T8)."""
    one = tables.known(tables.table(top, "window", ""), "window.", ("begins", "ends"))
    begins = tables.moment(one, "begins", "window.", policy.zone)
    ends = tables.moment(one, "ends", "window.", policy.zone)
    existing = policy.terms(policy.midnight(policy.ends)).existing
    if existing is not None:
        begins = begins or policy.midnight(existing.first_date)
        ends = ends or policy.midnight(existing.last_date + timedelta(days=1))
    if begins is None or ends is None:
        return None
    if ends <= begins:
        tables.wrong("window.ends", ends.isoformat(), _("a moment after its begin"))
    return Window(begins, ends)


def _horizon(
    tables: Tables, top: Mapping[str, Any], zone: ZoneInfo, batches: Sequence[Batch]
) -> tuple[datetime, datetime | None]:
    """From when the plan's arrivals are looked at (default: the quarter hour of the first batch), and until when."""
    starts = [batch.start for batch in batches if batch.start]
    begins, ends = tables.moment(top, "begins", "", zone), tables.moment(top, "ends", "", zone)
    if begins is None and starts:
        first = min(starts).astimezone(zone)
        begins = first - timedelta(
            seconds=(first.minute * 60 + first.second) % QUARTER_S, microseconds=first.microsecond
        )
    if begins is None:
        begins = datetime.fromtimestamp(0, zone)
    if starts and min(starts) < begins:
        tables.wrong("begins", begins.isoformat(), _("a moment not after the first batch"))
    if ends is not None and not begins < ends <= begins + timedelta(days=LONGEST_DAYS):
        tables.wrong(
            "ends", ends.isoformat(), _("a moment after the begin, within {days} days").format(days=LONGEST_DAYS)
        )
    return begins, ends


def _until_all_called(plan: SurgePlan) -> SurgePlan:
    """The plan, ending at the quarter hour by which 99.99 % of every batch's callers have called."""
    ends_s = float(QUARTER_S)
    for batch in plan.batches:
        if batch.start is not None:
            last_s = sending(plan, batch)[-1].until_s + float(batch.callback.delay.quantile_s(CALLED_BY_THEN))
            ends_s = max(ends_s, ceil(last_s / QUARTER_S) * QUARTER_S if isfinite(last_s) else ends_s)
    if ends_s > LONGEST_DAYS * 86_400:
        raise DialtestError(
            _("The plan's calls go on for {days} days; at most {most} are planned.").format(
                days=round(ends_s / 86_400), most=LONGEST_DAYS
            ),
            _("Raise messages_per_s, or state `ends`."),
        )
    return replace(plan, ends=plan.begins + timedelta(seconds=ends_s))
