"""Reads the spreadsheet in which a team kept its dial results: one row for each thing done or seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from dialtest.catalogue.columns import RESULT_HEADERS
from dialtest.catalogue.day import read_time
from dialtest.catalogue.filing import read_code
from dialtest.catalogue.row_reader import RowReader, read_rows
from dialtest.catalogue.tariff import NoTariff, parse_tariff
from dialtest.catalogue.words import ACTION_WORDS, RESULT_WORDS, TEAM_WORDS, Action
from dialtest.folder.campaign import Campaign
from dialtest.language import _
from dialtest.model.number import Number, Team
from dialtest.model.service import Service
from dialtest.problem import Problem, Problems

NEEDED = ("team", "msisdn", "provider_code", "service_code", "time", "action")
AMOUNTS = {"amount": 0, "amount_yuan": 100, "amount_fen": 1}
IMPORTED = "imported"


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One thing a team did or saw. `service` is the one the row names: dialled, or charged for.

    `label` is the team's own number of the case, empty where it keeps none; `succeeded` None where the row does not
    say. `fee_fen` is 0 but for charges.
    """

    label: str
    team: Team
    number: Number
    service: Service
    scenario: str
    at: datetime
    action: Action
    channel: str
    party: str
    content: str
    fee_fen: int
    succeeded: bool | None


def read_results(path: Path, campaign: Campaign, problems: Problems) -> list[ResultRow]:
    """The rows of the file, in its order; whatever is wrong with a row goes to `problems`."""
    found: list[ResultRow] = []
    any_row = False
    for row in read_rows(path, RESULT_HEADERS, NEEDED, problems):
        any_row = True
        result = _result(row, campaign)
        if result is not None:
            found.append(result)
    if not any_row and not problems:
        expected = _("results below the header")
        problems.add(Problem(path.name, "no rows", _("Add one row for each thing done or seen."), "", expected))
    return found


def _result(row: RowReader, campaign: Campaign) -> ResultRow | None:
    team = row.word("team", TEAM_WORDS, "third_party")
    service, number = _service(row, campaign), _number(row, campaign, team)
    action = row.word("action", ACTION_WORDS, "order")
    at = read_time(row, "time", campaign.policy.zone)
    content = row.shown("content", 2000, needed=action == "received")
    party = row.shown("party", 21, needed=action == "received")
    fee_fen = _fee(row, campaign.policy.currency) if action == "charge" else 0
    succeeded = row.word("result", RESULT_WORDS, False) if row.has("result") else None
    if action == "query" and succeeded is None:
        expected = _("已订购 or 未订购 (subscribed, not subscribed)")
        row.wrong("result", "missing answer", row.raw("result"), expected, _("Write what the query answered."))
    label, scenario = row.shown("case", 60, needed=False), row.shown("scenario", 80, needed=False) or IMPORTED
    channel = row.text("channel").casefold()[:40]
    if row.bad or service is None or number is None or at is None:
        return None
    return ResultRow(
        label, team, number, service, scenario, at, action, channel, party, content, fee_fen, succeeded
    )  # fmt: skip


def _service(row: RowReader, campaign: Campaign) -> Service | None:
    key = f"{read_code(row, 'provider_code')}/{read_code(row, 'service_code')}"
    service = campaign.services.get(key)
    if service is None and not row.bad:
        expected = _("a service of the catalogue")
        row.wrong("service_code", "unknown service", key, expected, _("Correct the codes, or file the service."))
    return service


def _number(row: RowReader, campaign: Campaign, team: Team) -> Number | None:
    """The number as numbers.csv has it; another one needs its brand in the row."""
    msisdn = row.text("msisdn").replace(" ", "").replace("-", "")
    known = campaign.numbers.get(msisdn)
    if known is not None:
        _check_team(row, known, team)
        return replace(known, team=team)
    if not (msisdn.removeprefix("+").isdecimal() and msisdn.isascii() and 5 <= len(msisdn) <= 16):
        row.wrong("msisdn", "impossible number", msisdn, _("5 to 15 digits"), _("Write the number, as text."))
        return None
    if not row.has("brand"):
        expected = _("a number of numbers.csv, or its brand")
        row.wrong("msisdn", "unknown number", msisdn, expected, _("Add the number there, or a column 品牌 (brand)."))
        return None
    return Number(msisdn, row.word("brand", campaign.policy.brand_words, ""), team=team)


def _check_team(row: RowReader, known: Number, team: Team) -> None:
    """A provider's own tests never count as its coverage (D1), whoever hands them in, and are of its own services."""
    if "provider" in (known.team, team) and known.team != team:
        expected = _("the team numbers.csv gives this number to; a provider's own tests count apart")
        row.wrong("team", "contradiction", row.text("team"), expected, _("Correct the team here or there."))
    elif known.provider_code not in ("", row.text("provider_code")) and _names_dialled(row):
        expected = _("a service of {code}, whose number this is").format(code=known.provider_code)
        row.wrong("provider_code", "contradiction", row.text("provider_code"), expected, _("Correct the number."))


def _names_dialled(row: RowReader) -> bool:
    """Whether the row names the service dialled; that of a charge names whatever was charged for."""
    return ACTION_WORDS.get(row.text("action").casefold()) != "charge"


def _fee(row: RowReader, currency: str) -> int:
    field = next((field for field in AMOUNTS if row.has(field)), "amount")
    text = row.raw(field)
    try:
        fee = parse_tariff(text, AMOUNTS[field])
    except NoTariff as no:
        row.wrong(field, no.cause, text, _("an amount such as 30元 or £1.50"), _("Write what was charged."))
        return 0
    if fee.currency and fee.currency != currency:
        expected = _("an amount in {currency}").format(currency=currency)
        row.wrong(field, "foreign currency", text, expected, _("Check the policy of the campaign, or the amount."))
    return fee.fee_fen
