"""Finds money in an English text: `£1.50`, `150p`, `GBP 4`, `five pounds`, `ppm150`, `R10`; not what it is for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from dialtest.adverts.currency import CODES, MAJOR_WORDS, MINOR_WORDS, SIGNS
from dialtest.adverts.english_units import RECURRING_OR_METERED
from dialtest.adverts.numeral import DIGITS, ENGLISH_WORD, decimal_of


@dataclass(frozen=True, slots=True)
class Amount:
    """`value` whole units of `currency` at a place of the text. `end` is where its unit may start.

    pence: written in hundredths. named: a sign or word says the currency; else it was taken from the form.
    """

    start: int
    end: int
    value: Decimal
    currency: str
    pence: bool = False
    named: bool = True


def _any(words: object) -> str:
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))  # type: ignore[call-overload]


NUMBER = re.compile(rf"(?<!\d)(?<!\d[.,:]){DIGITS}")
NUMBER_WORD = re.compile(rf"(?<![a-z])({ENGLISH_WORD}) ?-?(?=(?:pounds?|quid|pence|euros?|dollars?|cents?)(?![a-z]))")
HAS_MONEY_WORD = re.compile("pound|quid|pence|euro|dollar|cent")

SYMBOLS = _any(sign for sign in SIGNS if not sign.isascii() or "$" in sign)
LETTERS = _any(sign for sign in SIGNS if sign.rstrip(".").isalpha() and sign.isascii() and sign != "r")
SIGN_BEFORE = re.compile(
    rf"(?:(?P<sign>{SYMBOLS}) ?|(?<![a-z])(?P<letters>{LETTERS}) ?|(?<![a-z])(?P<r>r)"
    rf"|(?P<code>gbp|eur|(?<![a-z])(?:{_any(CODES)})) ?|(?P<ppm>(?<![\dp])(?<!\d )pp[mt]) ?)$"
)

# A `p` for pence ends its word, or opens a unit: 150ppm, 150pm, 450ppw, 150ppermess, 150pmsg.
PENCE = r"p(?=(?![a-z])|p?pm|p?per|p?w(?![a-z])|p?/|p?msg|p?mt|p?min|m(?![a-z])|mx\d|p(?![a-z]))"
MINOR, MAJOR = "|".join(MINOR_WORDS), "|".join(MAJOR_WORDS)
WORD_AFTER = re.compile(
    rf" ?(?:(?P<p>{PENCE})|(?P<minor>{MINOR})(?![^\W\d_])|(?P<major>{MAJOR})(?![^\W\d_])"
    rf"|(?P<code>gbp|(?:{_any(CODES)})(?![a-z]))|(?P<sign>[£€](?! ?\d)))"
)
MULTITUDE = re.compile(r"(?:k|m|bn)(?![a-z])| ?(?:million|thousand|mil|grand|bn)(?![a-z])|%")
# £150p, and £150 for each message or week: no premium service takes that; 150p was meant.
PENCE_MEANT = re.compile(rf" ?p(?![a-z])|{RECURRING_OR_METERED.pattern}|p{{1,2}}w(?![a-z])")
CLOCK = re.compile(r" ?p[. ]{0,2}m(?![a-z])")
SCREEN_LINES = frozenset({"240", "360", "480", "720", "1080", "2160"})

MAJOR_CODES = {re.compile(pattern): code for pattern, code in MAJOR_WORDS.items()}
MINOR_CODES = {re.compile(pattern): code for pattern, code in MINOR_WORDS.items()}


def amounts(low: str) -> Iterator[Amount]:
    """All amounts of money in `low`, plain text in lower case, in no particular order."""
    for number in NUMBER.finditer(low):
        found = _amount(low, number.start(), number.end(), number[0])
        if found:
            yield found
    if HAS_MONEY_WORD.search(low):
        for word in NUMBER_WORD.finditer(low):
            found = _worded(low, word.start(), word.end(), decimal_of(word[1]))
            if found:
                yield found


def _amount(low: str, start: int, end: int, written: str) -> Amount | None:
    value = decimal_of(written)
    before = SIGN_BEFORE.search(low, max(0, start - 6), start)
    if before is None:
        return _worded(low, start, end, value, written)
    if MULTITUDE.match(low, end):
        return None
    if before["ppm"]:
        return Amount(before.start(), before.start(), value / 100, "GBP", pence=True) if value >= 10 else None
    sign = before["sign"] or before["letters"] or before["r"]
    currency = SIGNS[sign] if sign else CODES[before["code"]]
    if currency == "GBP" and value >= 50 and value % 1 == 0 and PENCE_MEANT.match(low, end):
        value /= 100
    return Amount(before.start(), end, value, currency)


def _worded(low: str, start: int, end: int, value: Decimal, written: str = "") -> Amount | None:
    after = WORD_AFTER.match(low, end)
    if after is None:
        return _unnamed(low, start, end, value, written)
    if after["p"]:
        return _pence(low, start, after.start("p"), value, written)
    if after["minor"]:
        return Amount(start, after.end(), value / 100, _code(MINOR_CODES, after["minor"]), pence=True)
    if after["major"]:
        return Amount(start, after.end(), value, _code(MAJOR_CODES, after["major"]))
    return Amount(start, after.end(), value, SIGNS[after["sign"]] if after["sign"] else CODES[after["code"]])


def _pence(low: str, start: int, end: int, value: Decimal, written: str) -> Amount | None:
    """`150p` is £1.50, and so is `1.50p`: nobody charges a penny and a half. `9pm` is a time, `720p` a screen."""
    glued = re.fullmatch(r"\d{1,2}\.(\d{3})", written)
    if glued:  # age16.150p
        return Amount(start + len(written) - 3, end, Decimal(glued[1]) / 100, "GBP", pence=True)
    hour = value < 13 and CLOCK.match(low, end)
    screen = written in SCREEN_LINES and not RECURRING_OR_METERED.match(low, end)
    if hour or screen or len(written.lstrip("0")) > 4 + ("." in written):
        return None
    meant_pounds = bool(re.fullmatch(r"\d{1,2}[.,]\d\d", written)) and value >= 1
    return Amount(start, end, value if meant_pounds else value / 100, "GBP", pence=True)


def _unnamed(low: str, start: int, end: int, value: Decimal, written: str) -> Amount | None:
    """`1.50 per msg`, the sign forgotten or lost on the way: pounds, but only with a unit beside it."""
    if re.fullmatch(r"\d{1,2}\.\d\d", written) and RECURRING_OR_METERED.match(low, end):
        return Amount(start, end, value, "GBP", named=False)
    return None


def _code(patterns: dict[re.Pattern[str], str], word: str) -> str:
    return next(code for pattern, code in patterns.items() if pattern.fullmatch(word))
