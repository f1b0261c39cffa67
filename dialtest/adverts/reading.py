"""Puts the readers together: which language a text is in, and what it claims."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache

from dialtest.adverts.call_to_action import CallToAction
from dialtest.adverts.chinese_call import chinese_call
from dialtest.adverts.chinese_prices import chinese_prices
from dialtest.adverts.claims import Claims
from dialtest.adverts.english_call import english_call
from dialtest.adverts.english_call_words import WAY_OUT_MEANT
from dialtest.adverts.english_prices import Surroundings, english_prices
from dialtest.adverts.free import chinese_free, english_free
from dialtest.adverts.plain_text import plain
from dialtest.adverts.price import Price, Stated, without_repeats
from dialtest.adverts.subscription import chinese_recurs, english_recurs

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
ENGLISH_PHRASE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z£0-9]{2,}")

# Words no private message uses when it speaks of money; looked for in lower case.
ADVERT = re.compile(
    r"(?:txt|text|sms|send|reply)\W+(?:\S+ ){1,4}(?:to|2) ?(?:no\W*)?\d{4,6}(?!\d)|to \d{5}(?!\d)"
    r"|(?<!\d)0[89]\d{8,9}(?!\d)"
    r"|(?:16|18)(?:\+| only|yrs)|(?:book|buy|order|shop) (?:now|on|online|today)|[/p](?:msg|text|tone|txt|wk)"
    r"|abonn|billed"
    r"|cancel any ?time|charge[ds]|chrge?d|claim|conditions|download|eenmalig|freemsg|http|join (?:now|today)|landline"
    r"|opt ?-?out|per (?:msg|text|tone)|po ?box|polyphonic|premium|prize|ring ?tone|shortcode|sms|std (?:net|ntwk"
    r"|rate|text|txt)"
    r"|stop (?:to|2)|(?:reply|send|text|txt) \W?stop|subscri|t&c|t ?cs apply|terms|tnc|ts ?& ?cs|unsub|urgent"
    r"|winner|www\."
    r"|συνδρομ|شتراك"
)

REMEMBERED = 1024
"""Texts whose claims are kept: a campaign shows the same pages thousands of times."""

Reading = tuple[Claims, tuple[Stated, ...]]


@lru_cache(maxsize=REMEMBERED)
def claims_of(text: str, language_hint: str | None = None) -> Claims:
    """What `text` promises its reader.

    language_hint: `zh…` or `en…` where the language is known; otherwise the characters tell, and a text in both is
    read twice. Never raises; only the first 65,536 characters are read.
    """
    return read(plain(text), language_hint)[0]


def read(text: str, language_hint: str | None = None) -> tuple[Claims, tuple[Stated, ...]]:
    """The claims of a text that is `plain` already, and where in it the prices stand."""
    chinese, english = _languages(text, language_hint)
    readings = [_chinese(text)] if chinese else []
    if english:
        readings.append(_english(text))
    return readings[0] if len(readings) == 1 else _joined(*readings)


def _languages(text: str, hint: str | None) -> tuple[bool, bool]:
    if hint and hint[:2].lower() in ("zh", "en"):
        return hint[:2].lower() == "zh", hint[:2].lower() == "en"
    chinese = HAN.search(text) is not None
    return chinese, not chinese or ENGLISH_PHRASE.search(text) is not None


def _chinese(text: str) -> Reading:
    stated = chinese_prices(text)
    call = chinese_call(text)
    prices = without_repeats(stated)
    recurs = any(price.period for price in prices) or chinese_recurs(text)
    return _claims(chinese_free(text), prices, call, recurs), stated


def _english(text: str) -> Reading:
    low = text.lower()
    call = english_call(text, low)
    advert = bool(call.shortcode or call.keyword or ADVERT.search(low))
    texts = bool(call.shortcode or call.keyword or "text" in low or "txt" in low)
    stated = english_prices(low, Surroundings(advert, texts, bool(call.call_number)))
    prices = without_repeats(stated)
    recurs = any(price.period for price in prices) or (advert and english_recurs(low, bool(prices)))
    if advert and not call.opt_out and WAY_OUT_MEANT.search(low):
        call = replace(call, opt_out=True)
    return _claims(english_free(low, advert), prices, call, recurs), stated


def _claims(free: bool, prices: tuple[Price, ...], call: CallToAction, subscription: bool) -> Claims:
    return Claims(free, prices, call.keyword, call.shortcode, subscription, call.opt_out, call.call_number)


def _joined(first: Reading, second: Reading) -> Reading:
    """What either reading of a text in two languages says."""
    one, other = first[0], second[0]
    ordered = tuple(sorted((*first[1], *second[1]), key=lambda found: found.start))
    claims = Claims(
        free=one.free or other.free,
        prices=tuple(dict.fromkeys((*one.prices, *other.prices))),
        keyword=one.keyword or other.keyword,
        shortcode=one.shortcode or other.shortcode,
        subscription=one.subscription or other.subscription,
        opt_out=one.opt_out or other.opt_out,
        call_number=one.call_number or other.call_number,
    )
    return claims, ordered
