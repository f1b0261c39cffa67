"""The report's names for codes of the trade, and how it writes numbers, dates and shares in each language."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from babel.dates import format_date

from dialtest.evidence.told import decided_why, matter_state
from dialtest.language import _, language
from dialtest.model.brand import brand_name
from dialtest.policy.policy import Policy

brand, why = brand_name, decided_why

LOCALES = {"zh": "zh_CN", "en": "en_GB"}


def breach(code: str) -> str:
    """A breach class."""
    names: Mapping[str, str] = {
        "price_fraud": _("price fraud"),
        "misleading_ads": _("misleading ads"),
        "forced_subscription": _("forced subscription"),
        "carrier_duty": _("the carrier's own promise"),
    }
    return names.get(code, code)


def severity(code: str) -> str:
    """A severity."""
    names: Mapping[str, str] = {"minor": _("minor"), "major": _("major"), "critical": _("critical")}
    return names.get(code, code)


def status(code: str) -> str:
    """How a matter stands against earlier weeks."""
    names: Mapping[str, str] = {
        "new": _("new"),
        "repeated": _("repeated"),
        "fixed": _("fixed"),
        "quiet": _("not seen"),
    }
    return names.get(code, code)


def state(code: str) -> str:
    """Where the follow-up of a matter stands (D3)."""
    return matter_state(code)


def move(code: str) -> str:
    """What the meeting may decide, for a box to tick."""
    names: Mapping[str, str] = {
        "hear": _("hear provider"),
        "confirm": _("confirm"),
        "dismiss": _("dismiss"),
        "notify": _("notify"),
        "rectify": _("rectified"),
        "close": _("close"),
    }
    return names.get(code, code)


def team(code: str) -> str:
    """A team that dials (D1)."""
    names: Mapping[str, str] = {
        "data_centre": _("data centre"),
        "call_centre": _("call centre"),
        "third_party": _("third-party dial-test company"),
        "provider": _("provider (own tests)"),
    }
    return names.get(code, code)


def service_type(code: str) -> str:
    """A service type."""
    names: Mapping[str, str] = {
        "sms": _("SMS"),
        "mms": _("MMS"),
        "wap": "WAP",
        "java": _("Java download"),
        "pda": "PDA",
        "animation": _("mobile animation"),
        "voice_magazine": _("voice magazine"),
    }
    return names.get(code, code)


def reminder(code: str) -> str:
    """A kind of reminder that makes people call (H1)."""
    names: Mapping[str, str] = {
        "order": _("order reminder"),
        "second": _("second reminder"),
        "existing": _("existing subscriptions"),
    }
    return names.get(code, code)


def task_status(code: str) -> str:
    """How a task stands (D5)."""
    names: Mapping[str, str] = {
        "done": _("done"),
        "late": _("done late"),
        "due": _("not due yet"),
        "overdue": _("overdue"),
    }
    return names.get(code, code)


def change(code: str) -> str:
    """How a share changed between two periods."""
    names: Mapping[str, str] = {"fell": _("fell"), "rose": _("rose"), "open": _("not shown")}
    return names.get(code, code)


def check_kind(code: str) -> str:
    """A kind of check (D10)."""
    names: Mapping[str, str] = {"service_check": _("secret check"), "satisfaction": _("satisfaction")}
    return names.get(code, code)


def hall_matter(code: str) -> str:
    """What a hall had to do (Q9)."""
    names: Mapping[str, str] = {
        "checked": _("terminals and PCs checked"),
        "trained": _("staff trained"),
        "desk": _("dedicated desk"),
    }
    return names.get(code, code)


def duration(length: timedelta) -> str:
    """How long something took, in hours, or in minutes below one hour: 41.5 h, 25 min."""
    minutes = length.total_seconds() / 60
    if minutes < 60:
        return _("{count} min").format(count=round(minutes))
    return _("{count} h").format(count=f"{minutes / 60:.1f}")


def act(code: str) -> str:
    """A binding act, for cases in doubt."""
    names: Mapping[str, str] = {"send": _("SMS sent"), "press": _("button pressed"), "withdraw": _("withdrawal")}
    return names.get(code, code)


def failure(code: str) -> str:
    """What went wrong on the way; a text that is no code of Failure stays as it is."""
    names: Mapping[str, str] = {
        "outage": _("the network could not be reached"),
        "no_balance": _("no balance"),
        "refused": _("refused by the carrier or the page"),
        "unknown_channel": _("no such channel"),
        "not_open": _("the channel is not open yet"),
        "page_missing": _("the page cannot be had"),
        "timeout": _("no answer in time"),
        "garbage": _("an unreadable answer"),
        "in_doubt": _("in doubt: the driver stopped between doing and recording"),
    }
    return names.get(code, code)


def percent(share: float) -> str:
    """A share with one decimal: 0.0346 → 3.5%."""
    return f"{100 * share:.1f}%"


def interval(ends: tuple[float, float]) -> str:
    """An interval of shares: 3.5%–25.6%."""
    return f"{percent(ends[0])}–{percent(ends[1])}"


def difference(ends: tuple[float, float]) -> str:
    """An interval of a difference of shares, in points of 100: −4.2 … +1.3."""
    return " … ".join(f"{100 * end:+.1f}".replace("-", "−") for end in ends)


def long_date(day: date) -> str:
    """A day in words: 2006年7月24日, 24 July 2006."""
    return format_date(day, "long", locale=LOCALES[language()])


def short_date(day: date) -> str:
    """A day without its year: 7月24日, 24 July."""
    pattern = "M月d日" if language() == "zh" else "d MMMM"
    return format_date(day, pattern, locale=LOCALES[language()])


def day(when: datetime, policy: Policy) -> str:
    """A day on the market's calendar, in figures."""
    return f"{policy.local(when):%Y-%m-%d}"


def minute(when: datetime, policy: Policy) -> str:
    """A time to the minute on the market's clock."""
    return f"{policy.local(when):%Y-%m-%d %H:%M}"


def second(when: datetime, policy: Policy) -> str:
    """A time to the second on the market's clock."""
    return f"{policy.local(when):%Y-%m-%d %H:%M:%S}"


def plain(text: str) -> str:
    """A name that is the same in every language."""
    return text
