"""The SQL that reads an export: its columns as values, and what is wrong with a row, by the first fault in it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from dialtest.audit.export_file import ROW_NUMBER, ExportFile
from dialtest.audit.field import Field, empty, never, read_native_time, read_yuan, text_of
from dialtest.audit.workspace import literal
from dialtest.policy.policy import Policy

WHOLE_NUMBERS = ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "UTINYINT", "USMALLINT", "UINTEGER", "UBIGINT", "HUGEINT")
BLANK = "blank row"
"""The cause of a row that says nothing at all: spreadsheets write such rows behind the last one."""
EARLIEST, LATEST = "TIMESTAMP '1990-01-01'", "TIMESTAMP '2100-01-01'"


@dataclass(frozen=True, slots=True)
class _Column:
    """One field as this export holds it: SQL for its text and value, and for whether it is rightly absent."""

    field: Field
    header: str
    shown: str
    value: str
    absent: str


def reading(export: ExportFile, fields: tuple[Field, ...], policy: Policy, table: str, numbered: bool = False) -> str:
    """SQL for the values of every row, their `cause`, NULL for a good row, the `field` it is in and what was `found`
    there; where the rows are numbered, with `row_number`.

    table: SQL for rows of the export with its own columns, as in `relation`.
    """
    row = "row_number, " if numbered else ""
    columns = [_column(export, field, place, policy) for place, field in enumerate(fields)]
    raw = ", ".join(f"{_source(export, field)[0]} AS r{place}" for place, field in enumerate(fields))
    texts = ", ".join(f"{_text(export, field, place)} AS t{place}" for place, field in enumerate(fields))
    faulty = [column for column in columns if column.field.cause]
    values = [f"{column.value} AS {column.field.name}" for column in columns]
    values += [f"{column.absent} AS absent_{column.field.name}" for column in faulty if column.field.may_be_empty]
    values += [f"{column.shown} AS shown_{column.field.name}" for column in faulty]
    names = ", ".join(column.field.name for column in columns)
    return (
        f"SELECT {row}{names}, {_judgement(faulty)} FROM (SELECT {row}{', '.join(values)} FROM"
        f" (SELECT {row}r.*, {texts} FROM (SELECT {row}{raw} FROM {table}) AS r) AS t) AS v"
    )


def _column(export: ExportFile, field: Field, place: int, policy: Policy) -> _Column:
    _, sql_type, header = _source(export, field)
    text, raw = f"t{place}", f"r{place}"
    if _is_time(field, sql_type):
        absent = f"({raw} IS NULL OR {raw} >= TIMESTAMP '2037-01-01')"
        value, text = read_native_time(raw, sql_type, policy), f"CAST({raw} AS VARCHAR)"
    else:
        absent = f"({empty(text)} OR {never(text)})" if field.sql_type == "TIMESTAMP" else empty(text)
        value = _read(export, field, text, raw, policy)
    if field.may_be_empty:
        value = f"CASE WHEN NOT {absent} THEN {value} END"
    return _Column(field, header, text, value, absent)


def _read(export: ExportFile, field: Field, text: str, raw: str, policy: Policy) -> str:
    """SQL for a value; only where the text as it stands has none is it looked at without the blanks around it."""
    sql_type = _source(export, field)[1]
    if field.sql_type == "BIGINT" and sql_type in WHOLE_NUMBERS and not _in_yuan(export, field):
        return f"TRY_CAST({raw} AS BIGINT)"
    read = read_yuan if _in_yuan(export, field) else field.read
    value = read(text, raw, policy)
    if sql_type != "VARCHAR" or field.sql_type == "BOOLEAN":
        return value
    return f"coalesce({value}, {read(f'trim({text})', raw, policy)})"


def _text(export: ExportFile, field: Field, place: int) -> str:
    sql_type = _source(export, field)[1]
    return "NULL" if _is_time(field, sql_type) else text_of(f"r.r{place}", sql_type)


def _source(export: ExportFile, field: Field) -> tuple[str, str, str]:
    """SQL for the field's column (NULL where the export has none), its type, and its header."""
    name = "fee_yuan" if _in_yuan(export, field) else field.column or field.name
    if name not in export.places:
        return "CAST(NULL AS VARCHAR)", "VARCHAR", name
    place = export.places[name]
    return column_of(export, place), export.types[place], export.columns[place]


def _in_yuan(export: ExportFile, field: Field) -> bool:
    return field.name == "fee_fen" and "fee_fen" not in export.places


def _is_time(field: Field, sql_type: str) -> bool:
    return field.sql_type == "TIMESTAMP" and sql_type.startswith(("TIMESTAMP", "DATE"))


def _judgement(columns: list[_Column]) -> str:
    """SQL for `cause`, `field` and `found`, by the first fault."""
    faults = [fault for column in columns for fault in _faults(column)]
    blank = " AND ".join(f"coalesce(trim(shown_{column.field.name}), '') = ''" for column in columns)
    faults.insert(0, (f"({faults[0][0]}) AND {blank}", BLANK, columns[0]))
    cause = " ".join(f"WHEN {condition} THEN '{cause}'" for condition, cause, _ in faults)
    field = " ".join(f"WHEN {condition} THEN {literal(column.header)}" for condition, _, column in faults)
    found = " ".join(f"WHEN {condition} THEN left(shown_{column.field.name}, 200)" for condition, _, column in faults)
    return f"CASE {cause} END AS cause, CASE {field} END AS field, CASE {found} END AS found"


def _faults(column: _Column) -> list[tuple[str, str, _Column]]:
    field = column.field
    wrong = f"{field.name} IS NULL"
    if field.sql_type == "TIMESTAMP":
        wrong = f"({wrong} OR {field.name} < {EARLIEST} OR {field.name} >= {LATEST})"
    if field.may_be_empty:
        wrong = f"{wrong} AND NOT absent_{field.name}"
    faults = [(wrong, field.cause, column)]
    return [*faults, (f"NOT ({field.check})", field.check_cause, column)] if field.check else faults


def relation(export: ExportFile, rewritten: Path | None = None, numbered: bool = False) -> str:
    """SQL for an export as a table: text with columns c0, c1 and so on, Parquet with its own names. Where it is
    numbered, Parquet has no other columns than those that are used.
    """
    path = literal(str(rewritten or export.path))
    if export.kind == "parquet":
        if not numbered:
            return f"read_parquet({path}) AS file"
        used = ", ".join(column_of(export, place) for place in sorted(set(export.places.values())))
        return f"(SELECT {used}, {ROW_NUMBER} + 1 AS row_number FROM read_parquet({path})) AS file"
    columns = [f"'c{place}': 'VARCHAR'" for place in range(len(export.columns))]
    if rewritten:
        columns.insert(0, "'row_number': 'BIGINT'")
    skip = 0 if rewritten else export.header_row
    return (
        f"read_csv({path}, auto_detect=false, header=false, skip={skip}, delim='{export.delimiter}',"
        f" quote='\"', escape='\"', columns={{{', '.join(columns)}}}) AS file"
    )


def column_of(export: ExportFile, place: int) -> str:
    """SQL for a column of that table."""
    return '"' + export.columns[place].replace('"', '""') + '"' if export.kind == "parquet" else f"c{place}"
