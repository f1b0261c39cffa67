"""Takes exports into the engine: every row becomes values of known types, or a rejected row with its cause.

None is lost, nothing is changed in place.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from dialtest.audit.export_columns import CDR_HEADERS, CDR_NEEDED, SUBSCRIPTION_HEADERS, SUBSCRIPTION_NEEDED
from dialtest.audit.export_file import open_export
from dialtest.audit.field import CDR_FIELDS, HELD_FIELDS, SUBSCRIPTION_FIELDS, Field
from dialtest.audit.part import Part
from dialtest.audit.workspace import Workspace
from dialtest.catalogue.columns import Headers
from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.policy.policy import Policy

REJECTED = (
    "CREATE TABLE IF NOT EXISTS rejected"
    " (file VARCHAR, row_number BIGINT, cause VARCHAR, field VARCHAR, found VARCHAR, line VARCHAR)"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """What an export of one kind holds: its headers by field, the columns it needs, and how fields are read."""

    headers: Headers
    needed: tuple[str, ...]
    fields: tuple[Field, ...]


CDR_LAYOUT = Layout(CDR_HEADERS, CDR_NEEDED, CDR_FIELDS)
HELD_LAYOUT = Layout(SUBSCRIPTION_HEADERS, SUBSCRIPTION_NEEDED, HELD_FIELDS)
SUBSCRIPTION_LAYOUT = Layout(SUBSCRIPTION_HEADERS, SUBSCRIPTION_NEEDED, SUBSCRIPTION_FIELDS)


class Intake:
    """Fills one table of the workspace from exports of one kind.

    The table has the layout's fields, and `cause`: NULL for a good row; a bad one also stands in `rejected`.
    """

    def __init__(self, workspace: Workspace, policy: Policy, table: str, layout: Layout) -> None:
        self._workspace, self._policy, self._layout = workspace, policy, layout
        self.table = table
        self.names = [field.name for field in layout.fields]
        self.parts: list[Part] = []
        self._empty: set[str] = set()
        workspace.run("", REJECTED)

    def take(self, files: Iterable[Path]) -> None:
        """Read every file. Raises DialtestError, BadInput."""
        layout, files = self._layout, list(files)
        _refuse_twice(files)
        opened = [open_export(self._workspace, file, layout.headers, layout.needed) for file in files]
        self.parts = [
            Part(self._workspace, self._policy, layout.fields, export, f"{self.table}_{number}")
            for number, export in enumerate(opened)
        ]
        for part in self.parts:
            part.take()
        self._show()

    @property
    def total(self) -> int:
        """How many rows the files have, bad ones and all."""
        return sum(part.total for part in self.parts)

    @property
    def unchanged(self) -> bool:
        """Whether no row of any file is told instead of another: then the rows of each are in its order."""
        return all(part.unchanged for part in self.parts)

    def leave_out(self, field: str) -> None:
        """Make a field empty in every row."""
        self._empty.add(field)
        self._show()

    def take_out(self, chosen: str) -> None:
        """Copy the good rows the SQL `chosen` holds for to the table `taken_out`: the fields, part and row_number."""
        rows = (f"SELECT {n} AS part, * FROM ({part.chosen(chosen)}) AS rows" for n, part in enumerate(self.parts))
        self._workspace.run("", f"CREATE OR REPLACE TABLE taken_out AS {' UNION ALL '.join(rows)}")

    def put_back(self, rows: str) -> None:
        """Let `rows`, SQL for what was taken out with a `cause`, stand in its place."""
        for number, part in enumerate(self.parts):
            part.tell_instead(f"SELECT * EXCLUDE (part) FROM ({rows}) AS rows WHERE part = {number}")
        self._show()

    def _show(self) -> None:
        fields = (
            f"CAST(NULL AS {field.sql_type}) AS {field.name}" if field.name in self._empty else field.name
            for field in self._layout.fields
        )
        rows = " UNION ALL ".join(part.rows() for part in self.parts)
        self._workspace.run(
            "", f"CREATE OR REPLACE VIEW {self.table} AS SELECT {', '.join(fields)}, cause FROM ({rows}) AS rows"
        )


def _refuse_twice(files: Sequence[Path]) -> None:
    """One file given twice would be counted twice."""
    seen: set[Path] = set()
    for file in files:
        if file.resolve() in seen:
            raise DialtestError(_("{path} is given twice.").format(path=file), _("Give every export once."))
        seen.add(file.resolve())
