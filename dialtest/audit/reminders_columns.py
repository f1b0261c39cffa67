"""Which columns a list of subscriptions and a log of the batches have, and how each is read."""

from __future__ import annotations

from collections.abc import Mapping

from dialtest.audit.export_columns import SUBSCRIPTION_HEADERS, SUBSCRIPTION_NEEDED
from dialtest.audit.field import SUBSCRIPTION_FIELDS, Field, one_of, read_fee, read_number, read_time
from dialtest.audit.intake import Layout
from dialtest.catalogue.columns import NUMBER_HEADERS, SERVICE_HEADERS
from dialtest.catalogue.words import SERVICE_TYPE_WORDS
from dialtest.policy.policy import Policy

MOST_CHARACTERS = 2_000
FEE_UNIT_WORDS: Mapping[str, str] = {"month": "month", "月": "month", "元/月": "month", "week": "week", "周": "week"}


def read_brand(text: str, column: str, policy: Policy) -> str:
    """A brand of the market."""
    return one_of(policy.brand_words)(text, column, policy)


def read_words(text: str, column: str, policy: Policy) -> str:
    """A name, or the text of a message: not empty, and of a length that one can have."""
    return f"CASE WHEN length({text}) BETWEEN 1 AND {MOST_CHARACTERS} THEN {text} END"


def read_name(text: str, column: str, policy: Policy) -> str:
    """The same without blanks around it."""
    return read_words(f"trim({text})", column, policy)


def read_count(text: str, column: str, policy: Policy) -> str:
    """A number of a batch or a part: 1 to 999."""
    return f"CASE WHEN regexp_full_match({text}, '[1-9][0-9]{{0,2}}') THEN TRY_CAST({text} AS INTEGER) END"


REMINDED_LAYOUT = Layout(
    {
        **SUBSCRIPTION_HEADERS,
        "brand": NUMBER_HEADERS["brand"],
        "provider_name": SERVICE_HEADERS["provider_name"],
        "service_name": SERVICE_HEADERS["name"],
        "service_type": SERVICE_HEADERS["service_type"],
        "fee_fen": (*SERVICE_HEADERS["tariff_fen"], "fee (fen)", "fee_fen"),
        "fee_unit": ("计费单位", "资费单位", "fee unit"),
    },
    (*SUBSCRIPTION_NEEDED, "brand", "provider_name", "service_name", "service_type", "fee_fen", "fee_unit"),
    (
        *SUBSCRIPTION_FIELDS,
        Field("brand", "VARCHAR", read_brand, "unknown brand"),
        Field("provider_name", "VARCHAR", read_name, "missing name"),
        Field("service_name", "VARCHAR", read_name, "missing name"),
        Field("service_type", "VARCHAR", one_of(SERVICE_TYPE_WORDS), "unknown type"),
        Field("fee_fen", "BIGINT", read_fee, "impossible fee", check="fee_fen >= 0", check_cause="negative fee"),
        Field("fee_unit", "VARCHAR", one_of(FEE_UNIT_WORDS), "unknown unit"),
    ),
)
"""Subscriptions with the brand of their subscriber and what the reminder says of a service."""

SENT_LAYOUT = Layout(
    {
        "msisdn": SUBSCRIPTION_HEADERS["msisdn"],
        "sent_at": ("发送时间", "下发时间", "sent at", "send time"),
        "sender": ("发送端口", "发送方", "主叫号码", "sender", "port"),
        "batch": ("批次", "批次号", "batch"),
        "part": ("分条序号", "第几条", "part"),
        "parts": ("分条总数", "共几条", "parts"),
        "text": ("短信内容", "内容", "text", "content"),
    },
    ("msisdn", "sent_at", "sender", "batch", "part", "parts", "text"),
    (
        Field("msisdn", "VARCHAR", read_number, "impossible number"),
        Field("sent_at", "TIMESTAMP", read_time, "impossible time"),
        Field("sender", "VARCHAR", read_name, "missing sender"),
        Field("batch", "INTEGER", read_count, "impossible part or batch"),
        Field("part", "INTEGER", read_count, "impossible part or batch"),
        Field("parts", "INTEGER", read_count, "impossible part or batch"),
        Field("text", "VARCHAR", read_words, "missing text"),
    ),
)
"""Every numbered part that the carrier sent, a line each."""
