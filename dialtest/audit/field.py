"""How each field of an export is read: from any type of column to one value, or none where it cannot be."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from dialtest.audit.export_columns import CHANNEL_WORDS, KIND_WORDS, NATIONAL_NUMBERS, NOTHING_WORDS, STATUS_WORDS
from dialtest.policy.policy import Policy

FAR = "2037"
"""Exports write years from here on for “never” (ours)."""

Read = Callable[[str, str, Policy], str]
"""(text of the column, the column itself, the market) → SQL for the value; NULL where it cannot be read."""


@dataclass(frozen=True, slots=True)
class Field:
    """One column of the audit's own tables. `cause` names what is wrong where the value is none; without one, none is
    a value like others. Only with `may_be_empty` is an empty cell no fault. `column` is the export's, where it has
    another name; `check` must hold for the value.
    """

    name: str
    sql_type: str
    read: Read
    cause: str = ""
    column: str = ""
    may_be_empty: bool = False
    check: str = ""
    check_cause: str = ""


def text_of(column: str, sql_type: str) -> str:
    """SQL for a column's text: spreadsheets and data frames keep codes and numbers as numbers, whole ones with `.0`."""
    if sql_type == "VARCHAR":
        return column
    if sql_type in ("DOUBLE", "FLOAT") or sql_type.startswith("DECIMAL"):
        whole = f"TRY_CAST(TRY_CAST({column} AS HUGEINT) AS VARCHAR)"
        return f"CASE WHEN {column} = floor({column}) THEN {whole} ELSE CAST({column} AS VARCHAR) END"
    return f"CAST({column} AS VARCHAR)"


def empty(text: str) -> str:
    """SQL for whether a text says that there is nothing."""
    words = " ".join(f"WHEN '{word}' THEN TRUE" for word in NOTHING_WORDS)
    return f"({text} IS NULL OR CASE lower(trim({text})) {words} ELSE FALSE END)"


def read_id(text: str, column: str, policy: Policy) -> str:
    """1 to 64 characters."""
    return f"CASE WHEN length({text}) BETWEEN 1 AND 64 AND NOT ({text} LIKE ' %' OR {text} LIKE '% ') THEN {text} END"


def read_number(text: str, column: str, policy: Policy) -> str:
    """5 to 20 digits, without the market's own country code."""
    digits = f"CASE WHEN regexp_full_match({text}, '[0-9]{{5,20}}') THEN {text} END"
    if policy.country not in NATIONAL_NUMBERS:
        return digits
    pattern, national = NATIONAL_NUMBERS[policy.country]
    stripped = f"regexp_replace({text}, '{pattern}', '{national}')"
    long = f"CASE WHEN regexp_full_match({stripped}, '[0-9]{{5,20}}') THEN {stripped} END"
    return f"CASE WHEN length({text}) <= 11 THEN {digits} ELSE {long} END"


def read_code(text: str, column: str, policy: Policy) -> str:
    """An enterprise or service code, as filings write them."""
    return f"CASE WHEN regexp_full_match({text}, '[-+]?[A-Za-z0-9][A-Za-z0-9._-]{{0,31}}') THEN {text} END"


def read_time(text: str, column: str, policy: Policy) -> str:
    """ISO (with or without an offset) or YYYYMMDDHHMMSS as the market's own clock shows it."""
    zone = policy.zone.key
    day, clock = "[0-9]{4}(-[0-9]{1,2}-|/[0-9]{1,2}/)[0-9]{1,2}", "[0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]{1,9})?)?"
    offset = "(Z|z|[-+](0[0-9]|1[0-4])(:?[0-5][0-9])?)"
    chinese = "['%Y年%m月%d日 %H:%M:%S', '%Y年%m月%d日 %H:%M', '%Y年%m月%d日%H:%M:%S', '%Y年%m月%d日']"
    return (
        f"CASE WHEN regexp_full_match({text}, '{day}([ T]{clock})?') THEN TRY_CAST({text} AS TIMESTAMP)"
        f" WHEN regexp_full_match({text}, '[0-9]{{14}}') THEN try_strptime({text}, '%Y%m%d%H%M%S')"
        f" WHEN regexp_full_match({text}, '[0-9]{{8}}') THEN try_strptime({text}, '%Y%m%d')"
        f" WHEN regexp_full_match({text}, '{day}[ T]{clock} ?{offset}')"
        f" THEN timezone('{zone}', TRY_CAST({text} AS TIMESTAMPTZ))"
        f" WHEN contains({text}, '年') THEN try_strptime({text}, {chinese}) END"
    )


def read_native_time(column: str, sql_type: str, policy: Policy) -> str:
    """The same of a column that holds times already."""
    if "TIME ZONE" in sql_type:
        return f"timezone('{policy.zone.key}', {column})"
    return f"TRY_CAST({column} AS TIMESTAMP)"


def never(text: str) -> str:
    """SQL for whether a text is one of the times that mean “never”."""
    return f"(left({text}, 4) = '0000' OR ({text} >= '{FAR}' AND {text} < 'A'))"


def read_fee(text: str, column: str, policy: Policy) -> str:
    """Whole fen, below 0 too, for the check to tell."""
    return f"CASE WHEN regexp_full_match({text}, '[-+]?[0-9]{{1,12}}([.]0+)?') THEN TRY_CAST({text} AS BIGINT) END"


def read_yuan(text: str, column: str, policy: Policy) -> str:
    """Yuan with at most two decimals, as fen."""
    amount = f"CAST(TRY_CAST({text} AS DECIMAL(18, 4)) * 100 AS BIGINT)"
    return f"CASE WHEN regexp_full_match({text}, '[-+]?[0-9]{{1,10}}([.][0-9]{{1,2}}0*)?') THEN {amount} END"


def one_of(words: Mapping[str, str], otherwise: Callable[[str], str] = lambda _: "NULL") -> Read:
    """The value a word means; what is written as the value itself is told first, without a look at the words. By CASE:
    a list would be joined as a table, and rows that must keep their order then be read by one thread alone.
    """

    def read(text: str, column: str, policy: Policy) -> str:
        plain = " ".join(f"WHEN '{value}' THEN '{value}'" for value in sorted(set(words.values())))
        cases = " ".join(f"WHEN '{word}' THEN '{value}'" for word, value in words.items())
        return f"CASE {text} {plain} ELSE CASE lower({text}) {cases} ELSE {otherwise(text)} END END"

    return read


def read_channel(text: str, column: str, policy: Policy) -> str:
    """A word for a channel, or any other, in small letters."""
    word = one_of(CHANNEL_WORDS, lambda text: f"left(lower({text}), 40)")(f"trim({text})", column, policy)
    return f"CASE WHEN NOT {empty(text)} THEN {word} END"


def given(text: str, *_: object) -> str:
    """Whether there is anything."""
    return f"CASE WHEN length({text}) > 4 THEN TRUE ELSE NOT {empty(text)} END"


_KEY = (
    Field("msisdn", "VARCHAR", read_number, "impossible number"),
    Field("provider_code", "VARCHAR", read_code, "impossible code"),
    Field("service_code", "VARCHAR", read_code, "impossible code"),
)

CDR_FIELDS = (
    Field("cdr_id", "VARCHAR", read_id, "missing id"),
    *_KEY,
    Field("charged_at", "TIMESTAMP", read_time, "impossible time"),
    Field("fee_fen", "BIGINT", read_fee, "impossible fee", check="fee_fen >= 0", check_cause="negative fee"),
    Field("kind", "VARCHAR", one_of(KIND_WORDS), "unknown kind"),
    Field("proven", "BOOLEAN", given, column="proof_id"),
)

HELD_FIELDS = (
    *_KEY,
    Field("ordered_at", "TIMESTAMP", read_time, "impossible time"),
    Field("withdrawn_at", "TIMESTAMP", read_time, "impossible time", may_be_empty=True),
)
"""What the fee audit asks of a subscription."""

SUBSCRIPTION_FIELDS = (
    *_KEY,
    Field("status", "VARCHAR", one_of(STATUS_WORDS), "unknown status"),
    Field("ordered_at", "TIMESTAMP", read_time, "impossible time"),
    Field("withdrawn_at", "TIMESTAMP", read_time, "impossible time", may_be_empty=True),
    Field("channel", "VARCHAR", read_channel),
    Field("updated_at", "TIMESTAMP", read_time, "impossible time", may_be_empty=True),
)
