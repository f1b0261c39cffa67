"""What each row of a team's results means as evidence: an act and what the customer saw of it, or a message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from dialtest.campaign.result_rows import ResultRow
from dialtest.catalogue.words import Action
from dialtest.model.act import AnyAct, Press, Purpose, Query, ReadBill, Send, Withdraw
from dialtest.model.observation import (
    Answer,
    AnyObservation,
    Bill,
    Charge,
    Message,
    Page,
    Sent,
    SubscriptionRow,
    Trouble,
    Withdrawn,
)
from dialtest.policy.policy import Policy

OK = 200
PAGE_CHANNELS = ("wap", "web", "网页", "页面", "网站")
CARRIER_CHANNELS = {"hotline": "hotline", "10086": "hotline", "热线": "hotline", "web": "web", "网站": "web"}
PURPOSES: dict[Action, Purpose] = {
    "order": "order", "use": "use", "confirm": "confirm", "withdraw": "withdraw", "help": "help",
    "query_command": "query", "wrong": "wrong",
}  # fmt: skip

Step = tuple[AnyAct | None, AnyObservation]


def acts_of(rows: Sequence[ResultRow], policy: Policy) -> Iterator[Step]:
    """The steps of one case, `rows` being in order of time; a message has no act.

    Charges are told by bills, as a handset has no other way to show them: each row 查账单 is a bill with all charges
    until then; charges after the last such row, or without any, are on a bill read at the end of the case.
    """
    charges = [_charge(row) for row in rows if row.action == "charge"]
    read_until: datetime | None = None
    for row in rows:
        if row.action == "bill":
            read_until = row.at
            yield ReadBill(), Bill(row.at, tuple(charge for charge in charges if charge.charged_at <= row.at))
        elif row.action != "charge":
            yield _step(row, rows, policy)
    if charges and (read_until is None or charges[-1].charged_at > read_until):
        yield ReadBill(), Bill(rows[-1].at, tuple(charges))


def _charge(row: ResultRow) -> Charge:
    service = row.service
    return Charge(
        row.at,
        service.provider_code,
        service.service_code,
        service.provider_name,
        service.name,
        row.fee_fen,
        service.billing_type,
    )


def _step(row: ResultRow, rows: Sequence[ResultRow], policy: Policy) -> Step:
    if row.action == "received":
        return None, Message(row.at, row.at, row.party, row.content)
    if row.action == "query":
        subscribed = (_subscription(row, rows, policy),) if row.succeeded else ()
        channel = CARRIER_CHANNELS.get(row.channel, "hotline")
        return Query(channel), Answer(row.at, channel, subscribed)
    if row.action == "withdraw" and row.channel in CARRIER_CHANNELS:
        service, channel = row.service, CARRIER_CHANNELS[row.channel]
        act = Withdraw(channel, service.provider_code, service.service_code)
        return act, Withdrawn(row.at, row.succeeded is not False, row.content)
    purpose = PURPOSES[row.action]
    if row.action in ("order", "use") and row.channel in PAGE_CHANNELS:
        return Press(row.service.page_url, purpose), _taken(row, Page(row.at, row.service.page_url, OK, row.content))
    act_text = row.content or _filed_text(row, policy)
    return Send(row.party or row.service.access_number, act_text, purpose), _taken(row, Sent(row.at))


def _taken(row: ResultRow, result: AnyObservation) -> AnyObservation:
    return Trouble(row.at, "refused", row.content) if row.succeeded is False else result


def _filed_text(row: ResultRow, policy: Policy) -> str:
    """What was sent where the row does not say: the command as filed."""
    texts: dict[Action, str] = {
        "order": row.service.order_command,
        "use": row.service.order_command,
        "withdraw": row.service.withdraw_command,
        "confirm": policy.terms(row.at).order.confirm_keyword,
        "help": policy.help_command,
        "query_command": policy.query_command,
    }
    return texts.get(row.action, "")


def _subscription(row: ResultRow, rows: Sequence[ResultRow], policy: Policy) -> SubscriptionRow:
    """What “subscribed” says of the 15 fields; those the team did not write down are as filed, and so not tested."""
    service = row.service
    ordered = [other.at for other in rows if other.action == "order" and other.at <= row.at]
    return SubscriptionRow(
        provider_name=service.provider_name,
        access_number=service.access_number,
        service_name=service.name,
        ordered_at=ordered[-1] if ordered else row.at,
        service_type=service.service_type,
        billing_type=service.billing_type,
        tariff=policy.tariff(service),
        status="active",
        order_channel="",
        history=(),
        service_hotline=service.hotline,
        contact=service.contact,
        giver="",
        description=service.description,
        attributes=service.attributes,
    )
