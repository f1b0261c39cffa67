"""What a record says, in words a tester understands; safe to show, in the active language."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from selectolax.lexbor import LexborHTMLParser

from dialtest.evidence.printable import printable
from dialtest.evidence.record import AnyRecord, Closed, Decided, Intent, Opened, Outcome, Seen
from dialtest.language import _
from dialtest.model.act import (
    AnyAct,
    Call,
    Complain,
    Listen,
    OpenPage,
    Press,
    Query,
    ReadBill,
    ReadCalls,
    Send,
    Withdraw,
)
from dialtest.model.observation import (
    Answer,
    AnyObservation,
    Bill,
    Called,
    CallLog,
    Charge,
    Complained,
    Page,
    Refund,
    Trouble,
    Withdrawn,
)
from dialtest.model.service import Service
from dialtest.policy.policy import Policy, amount

TEXT_CHARACTERS = 300
PAGE_CHARACTERS = 200
PAGE_READ_CHARACTERS = 200_000


def told(record: AnyRecord, policy: Policy | None) -> str:
    """The record in one line. Without its policy, money is shown without currency and times as they were written."""
    match record:
        case Opened(scenario=scenario, scenario_version=version, number=number):
            words = _("Begun: scenario {scenario} v{version} with number {msisdn}")
            begun = words.format(scenario=_brief(scenario), version=version, msisdn=_brief(number.msisdn))
            return begun + _beside(record.companion or None)
        case Seen(message=message):
            words = _("Message from {sender}: “{text}”")
            return words.format(sender=_brief(message.sender), text=_brief(message.text))
        case Intent(act=act):
            return _("About to do: {act}").format(act=_done(act, policy))
        case Outcome(act=act, result=result):
            done, seen = _done(act, policy), _seen(result, policy)
            return _("{done} → {seen}").format(done=done, seen=seen) if seen else done
        case Closed(state="completed"):
            return _("Ended")
        case Closed(reason=reason):
            return _("Ended without a result: {reason}").format(reason=_brief(reason))
        case Decided(state=state, by=by):
            words = _("{state}, by {by}: {why}")
            return words.format(state=matter_state(state), by=_brief(by), why=_brief(decided_why(record)))


def _beside(companion: Service | None) -> str:
    if companion is None:
        return ""
    return _(", beside {provider} “{service}”").format(
        provider=_brief(companion.provider_name), service=_brief(companion.name)
    )


def decided_why(decided: Decided) -> str:
    """Why a matter changed its state: what people said as they said it, what followed from evidence in words."""
    words = {
        "recur": _("Found again in {count} dials begun after it was to be rectified, first in case {case}."),
        "reopen": _(
            "{count} findings that the meeting had not seen when it dismissed the matter, first in case {case}."
        ),
        "retest": _("{clean} of {planned} retests clean; they would have met the fault with {power}."),
    }
    if decided.move not in words:
        return decided.why
    try:
        return words[decided.move].format(**msgspec.json.decode(decided.why, type=dict[str, int | str]))
    except (msgspec.MsgspecError, KeyError):
        return decided.why  # an older release kept the sentence


def _done(act: AnyAct, policy: Policy | None) -> str:
    match act:
        case Send(to=to, text=text):
            words = _("Sent “{text}” to {to} ({purpose})")
            return words.format(text=_brief(text), to=_brief(to), purpose=purpose(act.purpose))
        case OpenPage(url=url):
            return _("Opened the page {url}").format(url=_brief(url))
        case Press(url=url):
            return _("Pressed {url} ({purpose})").format(url=_brief(url), purpose=purpose(act.purpose))
        case Withdraw(channel=channel):
            return _("Asked over {channel} to withdraw").format(channel=_brief(channel))
        case Complain(channel=channel):
            return _("Complained over {channel}").format(channel=_brief(channel))
        case Query(channel=channel):
            return _("Asked over {channel} for the subscriptions").format(channel=_brief(channel))
        case ReadBill():
            return _("Read the bill")
        case Call() | ReadCalls():
            return _rung(act)
        case Listen(until=until):
            local = policy.local(until) if policy else until
            return _("Listened until {until}").format(until=f"{local:%Y-%m-%d %H:%M}")


def _rung(act: Call | ReadCalls) -> str:
    if isinstance(act, ReadCalls):
        return _("Looked up who had rung")
    return _("Called {number}, keys {keys}").format(number=_brief(act.to), keys=_brief(act.keys) or "—")


def _seen(result: AnyObservation, policy: Policy | None) -> str:
    match result:
        case Page(status=status, content=content):
            return _("page ({status}): {text}").format(status=status, text=_page_words(content))
        case Answer(subscriptions=rows):
            shown = [f"{row.provider_name} {row.service_name} {row.tariff} {row.status}" for row in rows]
            return _listed(shown) or _("no subscription")
        case Bill(charges=charges, refunds=refunds):
            lines = [_charge(charge, policy) for charge in charges] + [_refund(refund, policy) for refund in refunds]
            return _listed(lines) or _("no charge")
        case Called():
            return _called(result)
        case CallLog(calls=calls):
            rung = [f"{policy.local(call.at) if policy else call.at:%Y-%m-%d %H:%M} {call.sender}" for call in calls]
            return _listed(rung) or _("nobody")
        case Complained(reference=reference):
            return _("taken as {reference}").format(reference=_brief(reference))
        case Withdrawn(accepted=accepted, note=note):
            answer = _("accepted") if accepted else _("refused")
            return f"{answer} {_brief(note)}".strip()
        case Trouble(failure=failure, detail=detail):
            return _("failed: {failure}").format(failure=_brief(f"{failure} {detail}".strip()))
        case _:
            return ""


def _called(call: Called) -> str:
    """What came of a call to the hotline, what the emergency flow said (H3), and the last thing before goodbye."""
    if call.answered_at is not None:
        outcome = _("an agent answered after {seconds} s").format(seconds=call.waited_s)
    elif call.unanswered:
        outcome = _("no agent within {seconds} s").format(seconds=call.waited_s)
    else:
        outcome = _("served by the menu")
    said = [one for one in call.said if one.kind != "goodbye"]
    shown = [*(one for one in said[:-1] if one.kind in ("offer", "other_ways")), *said[-1:]]
    return ": ".join([outcome, " ".join(f"“{_brief(one.text)}”" for one in shown)]) if shown else outcome


def matter_state(code: str) -> str:
    """Where the follow-up of a matter stands (D3)."""
    names = {
        "new": _("new"),
        "heard": _("provider heard"),
        "confirmed": _("confirmed"),
        "dismissed": _("dismissed"),
        "notified": _("notified"),
        "rectified": _("rectified"),
        "retested": _("retested"),
        "closed": _("closed"),
        "recurred": _("recurred"),
    }
    return names.get(code, code)


def purpose(code: str) -> str:
    """What the tester meant by an act."""
    names = {
        "order": _("order"),
        "ask": _("first press"),
        "confirm": _("confirm"),
        "use": _("use"),
        "withdraw": _("withdraw"),
        "help": _("help command"),
        "query": _("query command"),
        "wrong": _("wrong command"),
        "reply": _("reply"),
    }
    return names.get(code, code)


def _charge(charge: Charge, policy: Policy | None) -> str:
    at = policy.local(charge.charged_at) if policy else charge.charged_at
    fee = policy.fee(charge.fee_fen) if policy else str(amount(charge.fee_fen))
    return f"{at:%Y-%m-%d %H:%M} {charge.provider_name} {charge.service_name} {fee}"


def _refund(refund: Refund, policy: Policy | None) -> str:
    at = policy.local(refund.at) if policy else refund.at
    money = policy.fee(refund.amount_fen) if policy else str(amount(refund.amount_fen))
    words = {
        "refund": _("refund"),
        "double_return": _("returned on top"),
        "goodwill": _("goodwill"),
        "all_fees": _("all fees"),
    }
    named = f"{refund.provider_name} {refund.service_name}"
    return f"{at:%Y-%m-%d %H:%M} {named} −{money} ({words[refund.kind]}, {refund.reference})"


def _page_words(content: str) -> str:
    """The visible words of a page; scripts and styles are no words."""
    parsed = LexborHTMLParser(content[:PAGE_READ_CHARACTERS])
    parsed.strip_tags(["script", "style", "template"])
    words = parsed.body.text(separator=" ") if parsed.body else ""
    return printable(" ".join(words.split()), PAGE_CHARACTERS)


def _listed(items: Sequence[str]) -> str:
    return "; ".join(map(_brief, items))


def _brief(text: str) -> str:
    return printable(text, TEXT_CHARACTERS)
