"""Executes one statement for very many rows."""

from __future__ import annotations

from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, Engine, Insert, Update


class Bulk:
    """A hot statement, compiled once: SQLAlchemy's own handling of parameters costs as much as the insert itself."""

    def __init__(self, statement: Insert | Update, engine: Engine) -> None:
        compiled = statement.compile(dialect=engine.dialect)
        self._sql = str(compiled)
        self._positional = engine.dialect.positional
        self._order = tuple(getattr(compiled, "positiontup", None) or compiled.params)

    def execute(self, connection: Connection, rows: list[tuple[Any, ...]]) -> None:
        """Execute once for each row; its values stand in the order of the statement's parameters."""
        if rows:
            named = rows if self._positional else [dict(zip(self._order, row, strict=True)) for row in rows]
            connection.exec_driver_sql(self._sql, named)

    def execute_named(self, connection: Connection, rows: list[dict[str, Any]]) -> None:
        """Execute once for each row, given as parameters by name."""
        if rows:
            ordered = itemgetter(*self._order)
            connection.exec_driver_sql(self._sql, [ordered(row) for row in rows] if self._positional else rows)
