"""How currencies are written: signs and codes before an amount, words after it, and their ISO 4217 codes."""

from __future__ import annotations

SIGNS = {
    "£": "GBP",
    "€": "EUR",
    "us$": "USD",
    "hk$": "HKD",
    "nt$": "TWD",
    "s$": "SGD",
    "a$": "AUD",
    "$": "USD",
    "₹": "INR",
    "₦": "NGN",
    "฿": "THB",
    "₺": "TRY",
    "₱": "PHP",
    "₽": "RUB",
    "₪": "ILS",
    "₫": "VND",
    "₩": "KRW",
    "¥": "CNY",
    "rm": "MYR",
    "rs.": "INR",
    "rs": "INR",
    "rp": "IDR",
    "ksh": "KES",
    "tsh": "TZS",
    "ush": "UGX",
    "r": "ZAR",
}
"""Written before the amount. A lone `r` counts only when it touches the amount."""

ISO_CODES = (
    "GBP", "EUR", "USD", "CNY", "HKD", "TWD", "SGD", "AUD", "NZD", "INR", "PKR", "BDT", "LKR", "MYR", "THB", "IDR",
    "PHP", "VND", "JPY", "KRW", "ZAR", "NGN", "KES", "GHS", "TZS", "UGX", "AED", "SAR", "QAR", "KWD", "BHD", "OMR",
    "EGP", "IQD", "JOD", "TND", "PLN", "CZK", "HUF", "BGN", "CHF", "SEK", "DKK", "RUB", "UAH", "ILS", "BRL", "MXN",
)  # fmt: skip
CODES = {code.lower(): code for code in ISO_CODES} | {"rmb": "CNY", "dhs": "AED", "nis": "ILS"}
"""Written before or after the amount. Codes that are words of adverts (TRY, MAD, NOK, ALL) are left out."""

MAJOR_WORDS = {
    "pounds?": "GBP",
    "quid": "GBP",
    "euros?": "EUR",
    "dollars?": "USD",
    "bucks?": "USD",
    "ringgit": "MYR",
    "rands?": "ZAR",
    "rupees?": "INR",
    "dirhams?": "AED",
    "yuan": "CNY",
    "zł": "PLN",
    "kr": "SEK",
    "บาท": "THB",
    "ευρώ": "EUR",
    "دينار ?عراقي": "IQD",
    "دينار ?كويتي": "KWD",
    "دينار ?بحريني": "BHD",
    "درهم": "AED",
    "ريال ?سعودي": "SAR",
    "ريال ?قطري": "QAR",
    "جنيه": "EGP",
}
"""Patterns of words after the amount, for the whole unit."""

MINOR_WORDS = {"pence": "GBP", "pennies": "GBP", "penny": "GBP", "euro ?cents?": "EUR", "cents?": "USD", "fils": "AED"}
"""Patterns of words after the amount, for its hundredth."""

SMALL = frozenset({
    "IQD", "IDR", "VND", "KRW", "JPY", "NGN", "KES", "UGX", "TZS", "INR", "PKR", "BDT", "LKR", "PHP", "THB", "RUB",
    "HUF", "EGP",
})  # fmt: skip
SMALL_FACTOR = 50
"""A unit of these buys about a fiftieth of a pound or less; only to tell prices from prizes."""
