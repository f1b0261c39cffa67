"""Writes a campaign folder: settings with their explanations, and tables a spreadsheet can open."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping, Sequence
from io import StringIO
from pathlib import Path
from string import Template
from typing import TypeVar

from dialtest.catalogue.columns import ADVERT_HEADERS, NUMBER_HEADERS, SERVICE_HEADERS, Headers
from dialtest.catalogue.words import (
    BILLING_TYPE_WORDS,
    CONTROL_WORDS,
    SCOPE_WORDS,
    SERVICE_TYPE_WORDS,
    TEAM_WORDS,
)
from dialtest.errors import CouldNotTest
from dialtest.language import _
from dialtest.model.number import Number
from dialtest.model.service import Service
from dialtest.policy.policy import Policy
from dialtest.settings import FILE_NAME, FaultSettings, Settings

TEMPLATES = Path(__file__).with_name("templates")
MARK = "\ufeff"
"""Spreadsheets take a CSV for UTF-8 only when it begins with this."""

REMARK_COLUMN = 41

FILED = (
    "provider_code", "provider_name", "access_number", "service_code", "name", "service_type", "billing_type", "tariff",
    "order_command", "withdraw_command", "hotline", "scope", "contact", "description", "page_url",
)  # fmt: skip

Meaning = TypeVar("Meaning")


def write_folder(
    folder: Path, settings: Settings, policy: Policy, services: Sequence[Service], numbers: Iterable[Number]
) -> None:
    """Write dialtest.toml, catalogue, adverts and numbers, in the language of the market."""
    chinese = policy.language == "zh"
    filings = [_filing(service, policy, chinese) for service in services]
    owned = [_number(number, policy, chinese) for number in numbers]
    texts = {
        FILE_NAME: settings_text(settings),
        settings.catalogue: table_text(SERVICE_HEADERS, FILED, filings, chinese),
        settings.adverts: table_text(ADVERT_HEADERS, tuple(ADVERT_HEADERS), _adverts(services), chinese),
        settings.numbers: table_text(NUMBER_HEADERS, tuple(NUMBER_HEADERS), owned, chinese),
    }
    for name, text in texts.items():
        write_text(folder / name, text)


def write_text(path: Path, text: str) -> None:
    """Write a file, its folder made where it is missing; raises CouldNotTest where the disk refuses."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        problem = _("{path} cannot be written: {reason}.").format(path=path, reason=error.strerror)
        raise CouldNotTest(problem, _("Choose another folder, or make room.")) from None


def settings_text(settings: Settings) -> str:
    """dialtest.toml with every key explained, in the settings' language."""
    template = TEMPLATES.joinpath(f"dialtest.{settings.language}.toml").read_text(encoding="utf-8")
    values = {
        "name": _toml(settings.name),
        "policy": _toml(settings.policy),
        "language": _toml(settings.language),
        "seed": str(settings.seed),
        "catalogue": _toml(settings.catalogue),
        "adverts": _toml(settings.adverts),
        "numbers": _toml(settings.numbers),
        "journal": _toml(settings.journal),
        "network": _toml(settings.network),
        "dials_per_service": str(settings.plan.dials_per_service),
        "scenarios": _toml(list(settings.plan.scenarios)),
        "starts_per_day": str(settings.plan.starts_per_day),
        "per_number_fen": str(settings.spend.per_number_fen),
        "per_campaign_fen": str(settings.spend.per_campaign_fen),
    }
    lines = [_filled(line, values) for line in template.splitlines()]
    return "".join(lines) + "".join(map(_fault_text, settings.sandbox.faults))


def _filled(line: str, values: Mapping[str, str]) -> str:
    """A line of the template with its values, and its remark, if it has one behind a value, in the remarks' column."""
    stated, mark, remark = line.partition("  # ")
    stated = Template(stated).substitute(values)
    return f"{stated:{REMARK_COLUMN}}# {remark}\n" if stated and mark else f"{stated}{mark}{remark}\n"


def _fault_text(fault: FaultSettings) -> str:
    lines = ["", "[[sandbox.fault]]", f"name = {_toml(fault.name)}", f"services = {_toml(list(fault.services))}"]
    if fault.share != 1:
        lines.append(f"share = {fault.share}")
    if fault.since is not None:
        lines.append(f"since = {fault.since}")
    if fault.until is not None:
        lines.append(f"until = {fault.until}")
    return "\n".join(lines) + "\n"


def _toml(value: str | list[str]) -> str:
    """Texts and lists of them are written the same in TOML and JSON."""
    return json.dumps(value, ensure_ascii=False)


def table_text(headers: Headers, fields: Sequence[str], rows: Iterable[Mapping[str, str]], chinese: bool) -> str:
    """A CSV with the first header of each field in the language; it opens in spreadsheets as UTF-8."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow([_header(headers[field], field, chinese) for field in fields])
    writer.writerows([row[field] for field in fields] for row in rows)
    return MARK + text.getvalue()


def _header(aliases: Sequence[str], field: str, chinese: bool) -> str:
    return aliases[0] if chinese else next((alias for alias in aliases if alias.isascii()), field)


def _filing(service: Service, policy: Policy, chinese: bool) -> Mapping[str, str]:
    return {
        **{field: str(getattr(service, field, "")) for field in FILED},
        "service_type": _word(SERVICE_TYPE_WORDS, service.service_type, chinese),
        "billing_type": _word(BILLING_TYPE_WORDS, service.billing_type, chinese),
        "scope": _word(SCOPE_WORDS, service.scope, chinese),
        "tariff": policy.tariff(service),
    }


def _adverts(services: Iterable[Service]) -> Iterable[Mapping[str, str]]:
    for service in services:
        for advert in service.adverts:
            yield {
                "provider_code": service.provider_code,
                "service_code": service.service_code,
                "channel": advert.channel,
                "text": advert.text,
                "url": advert.url,
                "date": str(advert.shown_from or ""),
            }


def _number(number: Number, policy: Policy, chinese: bool) -> Mapping[str, str]:
    return {
        "msisdn": number.msisdn,
        "brand": _word(policy.brand_words, number.brand, chinese),
        "region": number.region,
        "site": number.site,
        "team": _word(TEAM_WORDS, number.team, chinese),
        "control": _word(CONTROL_WORDS, number.control, chinese) or ("否" if chinese else "no"),
        "provider_code": number.provider_code,
    }


def _word(words: Mapping[str, Meaning], meaning: Meaning, chinese: bool) -> str:
    """The first word for a value in the language, or its first at all (WAP, PDA are the same in both)."""
    fitting = [word for word, means in words.items() if means == meaning and word]
    word = next((word for word in fitting if word.isascii() != chinese), fitting[0])
    return word.upper() if word in ("wap", "pda", "sp") else word
