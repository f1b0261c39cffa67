"""Turns one row of a carrier's table into a service, and says what in it cannot be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from dialtest.catalogue.row_reader import RowReader
from dialtest.catalogue.tariff import NoTariff, Tariff, parse_tariff
from dialtest.catalogue.words import BILLING_TYPE_WORDS, SCOPE_WORDS, SERVICE_TYPE_WORDS
from dialtest.language import _
from dialtest.model.service import BillingType, FeeUnit, Scope, Service, ServiceType

NEEDED = ("provider_code", "provider_name", "service_code", "name", "service_type", "access_number")

_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,31}|[-+][A-Za-z0-9][A-Za-z0-9._-]{0,30}")
_PORT = re.compile(r"[0-9]{2,21}")
_HOTLINE = re.compile(r"\+?[0-9][0-9 ()/-]{2,29}")
_ROUNDED = re.compile(r"[0-9.]+[eE]\+?[0-9]+")
_TARIFF_FIELDS = {"tariff": 0, "tariff_yuan": 100, "tariff_fen": 1}
_BILLING_OF_UNIT: dict[FeeUnit, BillingType] = {
    "month": "monthly", "week": "monthly", "use": "per_use", "message": "per_use",
}  # fmt: skip
_BILLING_WORDS: Mapping[str, BillingType | None] = BILLING_TYPE_WORDS
PAGE_TYPES = ("wap", "java", "pda", "animation")


def read_filing(row: RowReader, currency: str) -> Service:
    """The service in this row; when `row.bad` it is not to be used."""
    service_type: ServiceType = row.word("service_type", SERVICE_TYPE_WORDS, "sms")
    scope: Scope = row.word("scope", SCOPE_WORDS, "national") if row.has("scope") else "national"
    fee_fen, billing_type, unit = _price(row, currency)
    page_url = read_address(row, "page_url")
    on_page = service_type in PAGE_TYPES and bool(page_url)
    return Service(
        provider_code=read_code(row, "provider_code"),
        provider_name=row.shown("provider_name", 100),
        service_code=read_code(row, "service_code"),
        name=row.shown("name", 100),
        service_type=service_type,
        billing_type=billing_type,
        fee_fen=fee_fen,
        fee_unit=unit,
        access_number=_access_number(row),
        order_command=_command(row, "order_command", needed=not on_page),
        withdraw_command=_command(row, "withdraw_command", needed=billing_type == "monthly"),
        hotline=_hotline(row),
        scope=scope,
        contact=row.shown("contact", 100, needed=False),
        description=row.shown("description", 1000, needed=False),
        attributes=row.shown("attributes", 200, needed=False),
        page_url=page_url,
    )


def read_code(row: RowReader, field: str) -> str:
    """An enterprise or service code: letters, digits, dots, dashes; it names files and keys."""
    code = row.text(field)
    if _CODE.fullmatch(code) and not _ROUNDED.fullmatch(code):
        return code
    if not code:
        row.wrong(field, "missing code", "", _("a code"), _("Fill the cell; without it the service has no key."))
    elif _ROUNDED.fullmatch(code):
        _rounded(row, field, code)
    else:
        expected = _("at most 32 letters, digits, dots and dashes")
        row.wrong(field, "impossible code", code, expected, _("Correct the code."))
    return code


def read_address(row: RowReader, field: str) -> str:
    """A web address, or nothing."""
    address = row.text(field)
    if not address or _is_address(address):
        return address
    expected = _("an address beginning with http:// or https://")
    row.wrong(field, "impossible address", address, expected, _("Correct it, or leave the cell empty."))
    return ""


def _is_address(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.scheme in ("http", "https") and bool(parts.hostname) and address.isprintable() \
            and len(address) <= 2000 and " " not in address  # fmt: skip
    except ValueError:
        return False


def _access_number(row: RowReader) -> str:
    number = row.text("access_number")
    if _PORT.fullmatch(number):
        return number
    if _ROUNDED.fullmatch(number):
        _rounded(row, "access_number", number)
    else:
        expected = _("2 to 21 digits")
        row.wrong("access_number", "access number not digits", number, expected, _("Correct the access number."))
    return number


def _rounded(row: RowReader, field: str, found: str) -> None:
    remedy = _("A spreadsheet has rounded the number: format the column as text and type it again.")
    row.wrong(field, "rounded number", found, _("every digit"), remedy)


def _command(row: RowReader, field: str, needed: bool) -> str:
    command = row.text(field)
    if (command or not needed) and len(command) <= 70 and command.isprintable():
        return command
    expected = _("what the customer sends, at most 70 characters")
    row.wrong(field, "impossible command", command, expected, _("Write the command as filed."))
    return command


def _hotline(row: RowReader) -> str:
    hotline = row.text("hotline")
    if not hotline or _HOTLINE.fullmatch(hotline):
        return hotline
    row.wrong("hotline", "impossible hotline", hotline, _("a telephone number"), _("Correct it, or leave it empty."))
    return hotline


def _price(row: RowReader, currency: str) -> tuple[int, BillingType, FeeUnit]:
    """Amount, billing type and unit: each may say what another leaves out, none may contradict another."""
    tariff = _tariff(row, currency)
    stated = row.word("billing_type", _BILLING_WORDS, None) if row.has("billing_type") else None
    unit = tariff.unit or ("use" if stated == "per_use" else "month")
    if tariff.unit is None and not row.has("billing_type"):
        expected = _("a billing type, or a tariff that says per what")
        row.wrong("billing_type", "missing billing type", "", expected, _("Write 包月 (monthly) or 点播 (per use)."))
    if stated is not None and _BILLING_OF_UNIT[unit] != stated:
        found = f"{row.raw('billing_type')}, {row.raw(_tariff_field(row))}"
        expected = _("a month or week with a subscription, a use or message with pay per use")
        row.wrong("billing_type", "contradiction", found, expected, _("Correct the one that is wrong."))
    return tariff.fee_fen, stated or _BILLING_OF_UNIT[unit], unit


def _tariff_field(row: RowReader) -> str:
    return next((field for field in _TARIFF_FIELDS if row.has(field)), "tariff")


def _tariff(row: RowReader, currency: str) -> Tariff:
    field = _tariff_field(row)
    text = row.raw(field)
    try:
        tariff = parse_tariff(text, _TARIFF_FIELDS[field])
    except NoTariff as no:
        row.wrong(field, no.cause, text, no.expected, _("Write the tariff as filed."))
        return Tariff(0)
    if currency and tariff.currency and tariff.currency != currency:
        expected = _("an amount in {currency}").format(currency=currency)
        row.wrong(field, "foreign currency", text, expected, _("Check the policy of the campaign, or the tariff."))
    return tariff
