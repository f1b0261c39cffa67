"""Puts the readers together: which language a text is in, and what it claims."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import chain

from dialtest.adverts.chinese_call import chinese_call
from dialtest.adverts.chinese_prices import chinese_prices
from dialtest.adverts.claims import Claims
from dialtest.adverts.english_call import english_call
from dialtest.adverts.english_prices import Surroundings, english_prices
from dialtest.adverts.free import chinese_free, english_free
from dialtest.adverts.plain_text import plain
from dialtest.adverts.subscription import chinese_recurs, english_recurs

HAN = re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")
ENGLISH_PHRASE = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z£0-9]{2,}")

# A telephone number and what follows it, the space forgotten: 0871234567850p.
RUN_TOGETHER = re.compile(r"(?<!\d)(0[1-9]\d{9})(?=\d{1,4}(?:\.\d\d)?[A-Za-z£(+])")

ADVERT = re.compile(
    r"(?:txt|text|sms|send|reply)\W+(?:\S+ ){1,4}(?:to|2) ?(?:no\W*)?\d{4,6}(?!\d)|(?<!\d)0[89]\d{8,9}(?!\d)|t&c|tnc|ts ?& ?cs|t ?cs apply"
    r"|subscri|unsub|join (?:now|today)|opt ?-?out|ring ?tone|(?:16|18)(?:\+| only|yrs)|po ?box|charge[ds]|chrge?d|billed|premium|std (?:txt|ntwk|net|text|rate)"
    r"|stop (?:to|2)|(?:txt|text|reply|send) \W?stop|to \d{5}(?!\d)|(?:terms|conditions|cancel any ?time|shortcode|download|landline"
    r"|polyphonic|per (?:msg|text|tone)|freemsg|sms|claim|prize|winner|urgent)|reply [A-Z]{2,}|[/p](?:msg|txt|tone|text|wk)"
    r"|www\.|http|συνδρομ|شتراك|abonn|eenmalig",
)

REMEMBERED = 1024


@lru_cache(maxsize=REMEMBERED)
def claims_of(text: str, language_hint: str | None = None) -> Claims:
    """What `text` promises its reader.

    language_hint: `zh…` or `en…` where the language is known; otherwise the characters tell, and a text in both is
    read twice. Never raises; only the first 65,536 characters are read.
    """
    readable = plain(text)
    chinese, english = _languages(readable, language_hint)
    read = [_chinese(readable)] if chinese else []
    if english:
        read.append(_english(readable))
    return read[0] if len(read) == 1 else _joined(*read)


def _languages(text: str, hint: str | None) -> tuple[bool, bool]:
    if hint and hint[:2].lower() in ("zh", "en"):
        return hint[:2].lower() == "zh", hint[:2].lower() == "en"
    chinese = HAN.search(text) is not None
    return chinese, not chinese or ENGLISH_PHRASE.search(text) is not None


def _chinese(text: str) -> Claims:
    prices = chinese_prices(text)
    call = chinese_call(text)
    return Claims(
        free=chinese_free(text),
        prices=prices,
        keyword=call.keyword,
        shortcode=call.shortcode,
        subscription=any(price.period for price in prices) or chinese_recurs(text),
        opt_out=call.opt_out,
        call_number=call.call_number,
    )


def _english(text: str) -> Claims:
    text = RUN_TOGETHER.sub(r"\1 | ", text)
    low = text.lower()
    call = english_call(text, low)
    advert = bool(call.shortcode or call.keyword or ADVERT.search(low))
    around = Surroundings(advert, bool(call.shortcode or call.keyword or "text" in low or "txt" in low), bool(call.call_number))
    prices = english_prices(low, around)
    return Claims(
        free=english_free(low, advert),
        prices=prices,
        keyword=call.keyword,
        shortcode=call.shortcode,
        subscription=any(price.period for price in prices) or (advert and english_recurs(low, bool(prices))),
        opt_out=call.opt_out,
        call_number=call.call_number,
    )


def _joined(first: Claims, second: Claims) -> Claims:
    """The claims of a text in two languages: what either says."""
    return Claims(
        free=first.free or second.free,
        prices=tuple(dict.fromkeys(chain(first.prices, second.prices))),
        keyword=first.keyword or second.keyword,
        shortcode=first.shortcode or second.shortcode,
        subscription=first.subscription or second.subscription,
        opt_out=first.opt_out or second.opt_out,
        call_number=first.call_number or second.call_number,
    )
