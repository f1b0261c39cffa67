"""Exports that hold the audit's own values as they stand. Only the rows that are not plain get a second look.

What is plain must agree with dialtest/audit/field.py: such a value is the one its field would read.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from dialtest.audit.export_columns import CHANNEL_WORDS, KIND_WORDS, STATUS_WORDS
from dialtest.audit.export_file import ExportFile
from dialtest.audit.field import FAR, Field, given
from dialtest.audit.reading import column_of, relation

WHOLE_NUMBERS = frozenset(("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER"))
TEXT, TIME = frozenset(("VARCHAR",)), frozenset(("TIMESTAMP",))
_CODE = "regexp_full_match({0}, '[-+]?[A-Za-z0-9][A-Za-z0-9._-]{{0,31}}')"
_TIME = "{0} >= TIMESTAMP '1990-01-01' AND {0} < TIMESTAMP '" + FAR + "-01-01'"


def _one_of(words: Mapping[str, str]) -> str:
    return "CASE {0} " + " ".join(f"WHEN '{value}' THEN TRUE" for value in sorted(set(words.values()))) + " END"


PLAIN: Mapping[str, tuple[frozenset[str], str]] = {
    "cdr_id": (TEXT, "strlen({0}) BETWEEN 1 AND 64 AND NOT ({0} LIKE ' %' OR {0} LIKE '% ')"),
    "msisdn": (TEXT, "strlen({0}) BETWEEN 5 AND 11 AND NOT {0} GLOB '*[!0-9]*'"),
    "provider_code": (TEXT, _CODE),
    "service_code": (TEXT, _CODE),
    "charged_at": (TIME, _TIME),
    "ordered_at": (TIME, _TIME),
    "withdrawn_at": (TIME, f"({{1}} IS NULL OR {_TIME})"),
    "updated_at": (TIME, f"({{1}} IS NULL OR {_TIME})"),
    "fee_fen": (WHOLE_NUMBERS, "{0} >= 0"),
    "kind": (TEXT, _one_of(KIND_WORDS)),
    "status": (TEXT, _one_of(STATUS_WORDS)),
    "channel": (TEXT, f"({{0}} IS NULL OR {_one_of(CHANNEL_WORDS)})"),
    "proven": (TEXT, "({0} IS NULL OR strlen({0}) >= 0)"),
}
"""Field → the types its column may have, and SQL for what must hold: of the value {0}, and of what is written {1}."""


WRITTEN: Mapping[str, str] = {
    "TIMESTAMP": "CASE WHEN {0} GLOB '????-??-??[ T]??:??:[0-9][0-9]' THEN TRY_CAST({0} AS TIMESTAMP) END",
    "BIGINT": "CASE WHEN length({0}) <= 12 AND CAST(TRY_CAST({0} AS BIGINT) AS VARCHAR) = {0}"
    " THEN TRY_CAST({0} AS BIGINT) END",
}
"""Type → SQL for the value of a text in the one way that is plain."""

CODES = ("provider_code", "service_code")
"""Few values in many rows: each of them is looked at once."""


def odd_parquet_codes(export: ExportFile, fields: Sequence[Field]) -> str | None:
    """SQL that counts the codes of Parquet that are not plain; None for an export of another make."""
    if export.kind != "parquet" or not _conditions(export, fields):
        return None
    return _odd_codes(relation(export), [column_of(export, export.places[name]) for name in CODES])


def odd_rows(export: ExportFile, fields: Sequence[Field], codes: bool) -> str:
    """SQL for the rows of such Parquet that are not plain, with their numbers; codes: whether CODES are looked at."""
    odd = _odd(_conditions(export, fields), but=() if codes else CODES)
    return f"SELECT * FROM {relation(export, numbered=True)} WHERE {odd}"


def rows_in_place(export: ExportFile, fields: Sequence[Field]) -> str:
    """SQL for the rows of such Parquet as they stand, with `cause`, which is empty, and `row_number`."""
    values = f"{_values(export, fields)}, CAST(NULL AS VARCHAR) AS cause, row_number"
    return f"SELECT {values} FROM {relation(export, numbered=True)}"


def plain_text(export: ExportFile, fields: Sequence[Field], codes: bool) -> str | None:
    """SQL for the rows of text as values, and `own`: what is written in a row that is odd, not plain. codes: whether
    CODES are looked at. None where no row can be plain.
    """
    conditions = _conditions(export, fields)
    if not conditions:
        return None
    odd = _odd(conditions, but=() if codes else CODES)
    own = ", ".join(f"c{place}" for place in range(len(export.columns)))
    return f"SELECT {_values(export, fields)}, CASE WHEN {odd} THEN [{own}] END AS own FROM {_written(export, fields)}"


def odd_text(export: ExportFile, table: str, number: str) -> str:
    """SQL for the odd rows of such text, which was put down in `table`: its own columns, and their numbers."""
    columns = ", ".join(f"own[{place + 1}] AS c{place}" for place in range(len(export.columns)))
    return f"(SELECT {columns}, {number} AS row_number FROM {table} WHERE own IS NOT NULL) AS odd"


def odd_codes(table: str) -> str:
    """SQL that counts the codes in a table that are not plain."""
    return _odd_codes(table, CODES)


def _odd_codes(table: str, columns: Sequence[str]) -> str:
    codes = " UNION ALL ".join(f"SELECT {column} AS code FROM {table} GROUP BY 1" for column in columns)
    return f"SELECT count(*) FROM ({codes}) AS codes WHERE NOT coalesce({_CODE.format('code')}, FALSE)"


def _odd(conditions: Mapping[str, str], but: Sequence[str] = ()) -> str:
    asked = " AND ".join(condition for name, condition in conditions.items() if name not in but)
    return f"NOT coalesce({asked}, FALSE)"


def _conditions(export: ExportFile, fields: Sequence[Field]) -> dict[str, str]:
    """Field → SQL for whether it is plain in a row; empty where no row can be."""
    held: dict[str, str] = {}
    for field in fields:
        types, condition = PLAIN.get(field.name, (frozenset[str](), ""))
        place = export.places.get(field.column or field.name)
        if place is not None and _type(export, field, place) in types:
            held[field.name] = condition.format(_column(export, place), column_of(export, place))
        elif place is not None or not (field.may_be_empty or field.name == "channel"):
            return {}
    return held


def _type(export: ExportFile, field: Field, place: int) -> str:
    return field.sql_type if export.kind == "csv" and field.sql_type in WRITTEN else export.types[place]


def _values(export: ExportFile, fields: Sequence[Field]) -> str:
    return ", ".join(_value(export, field) for field in fields)


def _value(export: ExportFile, field: Field) -> str:
    place = export.places.get(field.column or field.name)
    if place is None:
        return f"CAST(NULL AS {field.sql_type}) AS {field.name}"
    column = _column(export, place)
    if field.name == "proven":
        return f"{given(column)} AS proven"
    return f"{column} AS {field.name}" if field.sql_type != "BIGINT" else f"CAST({column} AS BIGINT) AS {field.name}"


def _column(export: ExportFile, place: int) -> str:
    return f"v{place}" if export.kind == "csv" else column_of(export, place)


def _written(export: ExportFile, fields: Sequence[Field]) -> str:
    """SQL for the rows of text, with more columns of the types values have."""
    written = []
    for field in _had(export, fields):
        place = export.places[field.column or field.name]
        written.append(f"{WRITTEN.get(field.sql_type, '{0}').format(f'c{place}')} AS v{place}")
    return f"(SELECT *, {', '.join(written)} FROM {relation(export)}) AS file"


def _had(export: ExportFile, fields: Sequence[Field]) -> list[Field]:
    """The fields the export has a column for."""
    return [field for field in fields if (field.column or field.name) in export.places]
