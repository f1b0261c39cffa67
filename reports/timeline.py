"""One case told as a time line: what the customer did and saw, each line with its record's number and hash."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from selectolax.lexbor import LexborHTMLParser
from sqlalchemy import select

from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.evidence.record import AnyRecord, Closed, Intent, Opened, Outcome, Seen, decode
from dialtest.language import _
from dialtest.model.act import AnyAct, Listen, OpenPage, Press, Query, ReadBill, Send, Withdraw
from dialtest.model.observation import (
    Answer,
    AnyObservation,
    Bill,
    Page,
    Trouble,
    Withdrawn,
)
from dialtest.policy.policy import Policy
from reports import words
from reports.displayable import brief

MOST_LINES = 40
MOST_ITEMS = 8


@dataclass(frozen=True, slots=True)
class Line:
    """Record `seq` of the case; `hash` is its link of the chain in hex; `cited` marks what the finding cites."""

    seq: int
    at: datetime
    kind: str
    text: str
    hash: str
    cited: bool


@dataclass(frozen=True, slots=True)
class TimeLine:
    """The lines shown, and how many uncited ones were left out to keep the page readable."""

    lines: tuple[Line, ...]
    left_out: int


def time_line(journal: Journal, case: str, until: datetime, cited: Sequence[int], policy: Policy) -> TimeLine:
    """The time line of `case` before `until`: every act, message and cited record; silent waits are left out."""
    table = schema.records
    query = select(table.c.body, table.c.hash).where(table.c.case == case).order_by(table.c.seq)
    with journal.reading() as connection:
        recorded = [(decode(body), hash_.hex()) for body, hash_ in connection.execute(query)]
    told = [_line(record, hash_, record.seq in cited, policy) for record, hash_ in recorded if record.at < until]
    lines = [line for line in told if line is not None]
    return _bounded(lines)


def _bounded(lines: Sequence[Line]) -> TimeLine:
    """All cited lines, and of the others the first ones as far as there is room."""
    room = max(MOST_LINES - sum(line.cited for line in lines), 0)
    kept = []
    for line in lines:
        if line.cited or room > 0:
            kept.append(line)
            room -= not line.cited
    shown = kept[: 2 * MOST_LINES]
    return TimeLine(tuple(shown), len(lines) - len(shown))


def _line(record: AnyRecord, hash_: str, cited: bool, policy: Policy) -> Line | None:
    text = _text(record, policy)
    if not text and not cited:
        return None
    kind = record.__struct_config__.tag
    return Line(record.seq, policy.local(record.at), str(kind), text or str(kind), hash_, cited)


def _text(record: AnyRecord, policy: Policy) -> str:
    """What the record says in words; nothing for an intent, whose outcome tells it, and for a wait."""
    match record:
        case Opened(scenario=scenario, scenario_version=version, number=number):
            told = _("Begun: scenario {scenario} v{version} with number {msisdn}")
            return told.format(scenario=scenario, version=version, msisdn=number.msisdn)
        case Seen(message=message):
            return _("Message from {sender}: “{text}”").format(sender=message.sender, text=brief(message.text))
        case Outcome(act=act, result=result):
            return _outcome(act, result, policy)
        case Closed(state="completed"):
            return _("Ended")
        case Closed(reason=reason):
            return _("Ended without a result: {reason}").format(reason=brief(reason))
        case Intent():
            return ""


def _outcome(act: AnyAct, result: AnyObservation, policy: Policy) -> str:
    done, seen = _done(act), _seen(result, policy)
    return f"{done} → {seen}" if done and seen else done


def _done(act: AnyAct) -> str:
    match act:
        case Send(to=to, text=text):
            return _("Sent “{text}” to {to} ({purpose})").format(
                text=brief(text), to=to, purpose=words.purpose(act.purpose)
            )
        case OpenPage(url=url):
            return _("Opened the page {url}").format(url=brief(url))
        case Press(url=url):
            return _("Pressed {url} ({purpose})").format(url=brief(url), purpose=words.purpose(act.purpose))
        case Withdraw(channel=channel):
            return _("Asked over {channel} to withdraw").format(channel=words.channel(channel))
        case Query(channel=channel):
            return _("Asked over {channel} for the subscriptions").format(channel=words.channel(channel))
        case ReadBill():
            return _("Read the bill")
        case Listen():
            return ""


def _seen(result: AnyObservation, policy: Policy) -> str:
    match result:
        case Page(status=status, content=content):
            return _("page ({status}): {text}").format(status=status, text=brief(visible_text(content), 200))
        case Answer(subscriptions=rows):
            shown = [
                f"{row.provider_name} {row.service_name} {row.tariff} {words.subscription_status(row.status)}"
                for row in rows
            ]
            return _listed(shown) or _("no subscription")
        case Bill(charges=charges):
            shown = [
                f"{policy.local(one.charged_at):%Y-%m-%d %H:%M} {one.provider_name} {one.service_name} "
                f"{policy.fee(one.fee_fen)}"
                for one in charges
            ]
            return _listed(shown) or _("no charge")
        case Withdrawn(accepted=accepted, note=note):
            answer = _("accepted") if accepted else _("refused")
            return f"{answer} {brief(note)}".strip()
        case Trouble(failure=failure, detail=detail):
            return _("failed: {failure}").format(failure=f"{words.failure(failure)} {brief(detail)}".strip())
        case _:
            return ""


def _listed(items: Sequence[str]) -> str:
    shown = "; ".join(brief(item, 120) for item in items[-MOST_ITEMS:])
    more = len(items) - MOST_ITEMS
    return _("{more} earlier ones; {shown}").format(more=more, shown=shown) if more > 0 else shown


def visible_text(content: str) -> str:
    """The words of a page as one line; scripts and styles are no words."""
    parsed = LexborHTMLParser(content[:200_000])
    parsed.strip_tags(["script", "style", "template"])
    body = parsed.body
    return " ".join(body.text(separator=" ").split()) if body else ""
