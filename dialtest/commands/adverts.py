"""`dialtest adverts`: what adverts and pages promise, and what pages do to their reader."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from urllib.parse import urljoin

import click
import msgspec
import requests
from rich.table import Table

from dialtest.adverts import Claims, PageReading, Price, claims_of, page_of
from dialtest.adverts.advert_lines import LARGEST_FILE, advert_lines
from dialtest.adverts.page_source import LONGEST_PAGE
from dialtest.adverts.price import MINOR_DIGITS
from dialtest.clock import monotonic_s
from dialtest.commands.screen import clean, json_option, say
from dialtest.errors import CouldNotTest, DialtestError
from dialtest.language import _

CONNECT_S, READ_S, WHOLE_S = 5, 10, 30
MOST_REDIRECTS = 5
CHUNK = 65_536
USER_AGENT = "dialtest (advert reader)"


@click.group()
def adverts() -> None:
    """What an advert promises: read from texts, or from a page."""


@adverts.command()
@click.argument("file", metavar="FILE")
@json_option
def claims(file: str, as_json: bool) -> None:
    """Prices, free, keyword, short code, subscription and way out of every text in FILE (- is the standard input).

    FILE holds JSON lines with “text” and any “id”, or plain lines; a plain line's id is its number.
    With --json one object is printed for each text, in the same order.

    \b
    Example:  dialtest adverts claims adverts.jsonl --json
    """
    lines = advert_lines(_content(file, LARGEST_FILE + 1), file)
    if as_json:
        for line in lines:
            _tell_json(claims_of(line.text).as_json(line.id))
        return
    table = Table(*(_("text"), _("prices"), _("free"), _("send"), _("call"), _("subscription"), _("way out")))
    for line in lines:
        table.add_row(clean(str(line.id)), *_cells(claims_of(line.text)))
    say(table)


@adverts.command()
@click.argument("source", metavar="FILE|URL")
@json_option
def page(source: str, as_json: bool) -> None:
    """What the page in FILE or at URL promises, and what it does to its reader. Nothing on it is run or pressed.

    \b
    Example:  dialtest adverts page landing.html
              dialtest adverts page https://wap.example.com/offer --json
    """
    is_url = re.match(r"https?://", source, re.IGNORECASE) is not None
    reading = page_of(_fetched(source) if is_url else _content(source, LONGEST_PAGE + 1), source)
    if as_json:
        _tell_json(reading.as_json())
        return
    table = Table.grid("name", "value", padding=(0, 2, 0, 0))
    for name, value in _lines(reading):
        table.add_row(name, clean(value))
    say(table)


def _tell_json(record: dict[str, object]) -> None:
    click.echo(msgspec.json.encode(record).decode())


def _content(file: str, most: int) -> bytes:
    """The first `most` bytes of a file."""
    try:
        if file == "-":
            return sys.stdin.buffer.read(most)
        with Path(file).open("rb") as opened:
            return opened.read(most)
    except (OSError, ValueError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise DialtestError(
            _("{path} cannot be read: {reason}.").format(path=file, reason=reason),
            _("Give the path of a file that can be read, or - for the standard input."),
        ) from None


def _fetched(url: str) -> bytes | str:
    """The page at a URL: at most 2 MiB, 5 redirects and 30 seconds; raises CouldNotTest when it cannot be had."""
    began = monotonic_s()
    try:
        for _hop in range(MOST_REDIRECTS + 1):
            with requests.get(
                url, stream=True, timeout=(CONNECT_S, READ_S), allow_redirects=False, headers={"User-Agent": USER_AGENT}
            ) as answer:
                if not answer.is_redirect:
                    return _body(answer, began)
                url = urljoin(url, answer.headers["Location"])
    except (requests.RequestException, ValueError) as error:
        raise CouldNotTest(
            _("{url} cannot be reached: {reason}.").format(url=url, reason=_reason(error)),
            _("Check the address and the connection, or save the page and give the file."),
        ) from None
    raise CouldNotTest(_("{url}: more than {count} redirects.").format(url=url, count=MOST_REDIRECTS))


def _reason(error: Exception) -> str:
    if isinstance(error, requests.Timeout):
        return _("no answer in time")
    return _("no connection") if isinstance(error, requests.ConnectionError) else str(error)


def _body(answer: requests.Response, began: float) -> bytes | str:
    if answer.status_code >= 400:
        raise CouldNotTest(_("{url} answered with status {status}.").format(url=answer.url, status=answer.status_code))
    content = bytearray()
    for chunk in answer.iter_content(CHUNK):
        content += chunk
        if monotonic_s() - began > WHOLE_S:
            raise CouldNotTest(_("{url} took longer than {seconds} seconds.").format(url=answer.url, seconds=WHOLE_S))
        if len(content) > LONGEST_PAGE:
            break
    if "charset" in answer.headers.get("Content-Type", "").lower() and answer.encoding:
        try:
            return content.decode(answer.encoding)
        except (UnicodeError, LookupError):
            pass
    return bytes(content)


def _cells(claims: Claims) -> tuple[str, ...]:
    send = " → ".join(filter(None, (claims.keyword, claims.shortcode)))
    flags = (_mark(claims.subscription), _mark(claims.opt_out))
    return _prices(claims.prices), _mark(claims.free), clean(send), claims.call_number or "", *flags


def _mark(is_so: bool) -> str:
    return _("yes") if is_so else ""


def _prices(prices: tuple[Price, ...]) -> str:
    return ", ".join(map(price_words, prices))


def price_words(price: Price) -> str:
    """`1.50 GBP per message`."""
    units = {
        "per_message": _("per message"),
        "per_day": _("per day"),
        "per_week": _("per week"),
        "per_month": _("per month"),
        "per_minute": _("per minute"),
        "per_use": _("per use"),
        "one_off": _("once"),
        "other": "",
    }
    digits = MINOR_DIGITS.get(price.currency, 2)
    amount = f"{price.amount_minor / 10**digits:.{digits}f} {price.currency}"
    said = units[price.unit]
    return amount + said if said.startswith("/") else f"{amount} {said}".rstrip()


def _lines(reading: PageReading) -> list[tuple[str, str]]:
    claims, distance = reading.claims, reading.price_distance
    concealed = (f"{price_words(found.price)} ({', '.join(found.reasons)})" for found in reading.concealed_prices)
    far = (
        _("{characters} characters, {lines} lines").format(characters=distance.characters, lines=distance.lines)
        if distance
        else ""
    )
    orders = (f"{control.words} → {control.target}" for control in reading.controls if control.orders)
    lines = {
        _("prices"): _prices(claims.prices),
        _("concealed prices"): ", ".join(concealed),
        _("price to order button"): far + (_(" (far)") if distance and distance.far else ""),
        _("free"): _mark(claims.free),
        _("subscription"): _mark(claims.subscription),
        _("way out"): _mark(claims.opt_out),
        _("ticked beforehand"): ", ".join(reading.preticked),
        _("sends itself"): ", ".join(reading.self_submits),
        _("orders when opened"): ", ".join(reading.orders_on_open),
        _("countdown"): _mark(reading.countdown),
        _("prize as bait"): _mark(reading.prize_bait),
        _("poses as"): ", ".join(reading.poses_as),
        _("asks for the number"): _mark(reading.asks_number),
        _("buttons that order"): ", ".join(orders),
    }
    return [(name, value or "-") for name, value in lines.items()]
