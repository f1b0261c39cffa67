"""Rows that are there twice: one is kept, always the same one whatever the order of files; the others are rejected."""

from __future__ import annotations

from dialtest.audit.intake import Intake
from dialtest.audit.workspace import Workspace
from dialtest.language import _


def set_doubles_aside(
    workspace: Workspace, intake: Intake, key: tuple[str, ...], first_by: str, cause: str, field: str
) -> int:
    """Give all but the first good row of each `key` a cause, and put them among the rejected; returns how many.

    first_by: which of them is the first, as SQL to order by; ties fall to the other fields, so the order is total.
    """
    table, keys = intake.table, ", ".join(key)
    doing = _("Looking for rows that are there twice")
    if (intake.unchanged and _ascends(workspace, table, keys, doing)) or not _any_alike(workspace, table, keys, doing):
        return 0
    chosen = f"hash({keys}) IN (FROM alike)"
    intake.take_out(chosen)
    names = ", ".join(intake.names)
    workspace.run(
        doing,
        f"CREATE OR REPLACE TABLE placed AS SELECT *, row_number() OVER (PARTITION BY {keys}"
        f" ORDER BY {first_by}, {names}, part, row_number) AS place FROM taken_out",
    )
    intake.put_back(f"SELECT * EXCLUDE (place), CASE WHEN place > 1 THEN '{cause}' END AS cause FROM placed")
    for number, part in enumerate(intake.parts):
        workspace.run(
            doing,
            f"INSERT INTO rejected SELECT ?, row_number, '{cause}', '{field}', {field}, NULL FROM placed"
            f" WHERE place > 1 AND part = {number}",
            [part.export.name],
        )
    return workspace.number("SELECT count(*) FROM placed WHERE place > 1")


def any_doubled(workspace: Workspace, table: str, key: tuple[str, ...], doing: str) -> bool:
    """Whether good rows share a key."""
    keys = ", ".join(key)
    if not _any_alike(workspace, table, keys, doing):
        return False
    alike = f"SELECT 1 AS one FROM {table} WHERE cause IS NULL AND hash({keys}) IN (FROM alike)"
    workspace.run(doing, f"CREATE OR REPLACE TABLE doubled AS {alike} GROUP BY {keys} HAVING count(*) > 1 LIMIT 1")
    return workspace.number("SELECT count(*) FROM doubled") > 0


def _any_alike(workspace: Workspace, table: str, keys: str, doing: str) -> bool:
    """Whether the hashes of good rows' keys are alike; afterwards the table `alike` holds these. They are searched for
    in order, which is quicker than by key: that two are alike only says where to look.
    """
    workspace.run(
        doing,
        f"CREATE OR REPLACE TABLE alike AS SELECT DISTINCT hash FROM (SELECT hash, lag(hash) OVER (ORDER BY hash) AS"
        f" before FROM (SELECT hash({keys}) AS hash FROM {table} WHERE cause IS NULL) AS hashes) AS neighbours"
        " WHERE hash = before",
    )
    return workspace.number("SELECT count(*) FROM alike") > 0


def _ascends(workspace: Workspace, table: str, keys: str, doing: str) -> bool:
    """Whether each good row's key is above that of the one before it, so that none is there twice: most exports are
    written in the order of their ids. Where it is not, the first such row ends the search.
    """
    workspace.run(
        doing,
        f"CREATE OR REPLACE TABLE descent AS SELECT 1 AS one FROM (SELECT ({keys}) AS here, lag(({keys})) OVER () AS"
        f" before FROM {table} WHERE cause IS NULL) AS neighbours WHERE here <= before LIMIT 1",
    )
    return workspace.number("SELECT count(*) FROM descent") == 0
