"""The reconciliation of BOSS and MISC (Q3, Q5): what only one of them holds, what differs, what is out of step.

The two exports may come from anywhere. The SQL that compares them stands in reconciliation.sql.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from filecmp import cmp
from pathlib import Path

from dialtest.audit.doubles import any_doubled, set_doubles_aside
from dialtest.audit.intake import SUBSCRIPTION_LAYOUT, Intake
from dialtest.audit.rejects import cell, rejected
from dialtest.audit.workspace import Workspace, statement
from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.policy.policy import Policy
from dialtest.problem import Problems

KEY = ("msisdn", "provider_code", "service_code")
COMPARED = ("status", "ordered_at", "withdrawn_at", "channel")


@dataclass(frozen=True, slots=True)
class Reconciliation:
    """What comparing two exports gave. Rows count every row read, rejected ones and all.

    differ: held by both, and a field is not the same; out_of_step: held by both, and changed by one more than the
    allowed time before the other. One subscription may be both. identical: the files are the same, byte by byte.
    not_compared: fields one of the two does not have.
    """

    rows_boss: int
    rows_misc: int
    only_boss: int
    only_misc: int
    differ: int
    out_of_step: int
    out_of_step_s: int
    fields: dict[str, int]
    not_compared: tuple[str, ...]
    identical: bool
    problems: Problems


def reconcile(workspace: Workspace, policy: Policy, boss_file: Path, misc_file: Path) -> Reconciliation:
    """Compare two exports; afterwards the workspace's table `mismatch` holds every subscription that is not the same.

    Raises DialtestError where both are one file, and DialtestError or BadInput where one is no such export.
    """
    identical = _are_identical(boss_file, misc_file)
    intakes = [Intake(workspace, policy, f"{name}_export", SUBSCRIPTION_LAYOUT) for name in ("boss", "misc")]
    for intake, file in zip(intakes, (boss_file, misc_file), strict=True):
        intake.take([file])
    not_compared = _leave_out_what_one_lacks(intakes)
    out_of_step_s = _out_of_step_s(policy)
    workspace.run("", "CREATE TABLE allowed (out_of_step INTERVAL)")
    workspace.fill("allowed", [(timedelta(seconds=out_of_step_s),)])
    _tell_spells_apart(workspace, intakes)
    workspace.run(_("Comparing BOSS and MISC"), statement("reconciliation.sql"))
    only_boss, only_misc, differ, out_of_step, *fields = _counts(workspace)
    return Reconciliation(
        intakes[0].total, intakes[1].total, only_boss, only_misc, differ, out_of_step, out_of_step_s,
        dict(zip(COMPARED, fields, strict=True)), not_compared, identical, rejected(workspace),
    )  # fmt: skip


def write_mismatches(workspace: Workspace, path: Path) -> None:
    """Every subscription that is not the same as a row of a CSV; `what` and `fields` are separated by semicolons."""
    kinds = ("only_boss", "only_misc", "differ", "out_of_step")
    what = ", ".join(f"CASE WHEN {kind} THEN '{kind}' END" for kind in kinds)
    fields = ", ".join(f"CASE WHEN differ AND {_differs(name)} THEN '{name}' END" for name in COMPARED)
    sides = ", ".join(
        f"{cell(column) if name == 'channel' else column} AS {column}"
        for name in (*COMPARED, "updated_at")
        for column in (f"boss_{name}", f"misc_{name}")
    )
    lag = "CAST(extract(epoch FROM misc_updated_at) - extract(epoch FROM boss_updated_at) AS BIGINT) AS misc_later_s"
    workspace.write(
        f"SELECT concat_ws(';', {what}) AS what, {', '.join(KEY)}, concat_ws(';', {fields}) AS fields, {sides}, {lag}"
        f" FROM mismatch ORDER BY {', '.join(KEY)}, coalesce(boss_ordered_at, misc_ordered_at)",
        path,
    )


def _are_identical(boss_file: Path, misc_file: Path) -> bool:
    try:
        if boss_file.samefile(misc_file):
            raise DialtestError(
                _("BOSS and MISC are the same file: {path}.").format(path=boss_file),
                _("Give the export of each; a file agrees with itself, and that says nothing."),
            )
        return cmp(boss_file, misc_file, shallow=False)
    except OSError:
        return False  # told where the file is opened


def _out_of_step_s(policy: Policy) -> int:
    terms = policy.timeline[-1][1].synchronisation
    if terms is None:
        raise DialtestError(
            _("The policy {name} knows no BOSS and MISC.").format(name=policy.name),
            _("Give one that has [terms.synchronisation], such as monternet-2006."),
        )
    return terms.out_of_step_s


def _leave_out_what_one_lacks(intakes: Sequence[Intake]) -> tuple[str, ...]:
    """Fields only one of the exports has cannot be compared."""
    lacking = tuple(
        field
        for field in ("withdrawn_at", "channel", "updated_at")
        if any(field not in part.export.places for intake in intakes for part in intake.parts)
    )
    for field in lacking:
        for intake in intakes:
            intake.leave_out(field)
    return lacking


def _tell_spells_apart(workspace: Workspace, intakes: Sequence[Intake]) -> None:
    """Make the tables `boss` and `misc`. Mostly a customer has one subscription to a service; where there are several,
    those ordered at the same time are partners, and the others in the order of their times.
    """
    doing = _("Looking for subscriptions to the same service")
    crowded = [any_doubled(workspace, intake.table, KEY, doing) for intake in intakes]
    if not any(crowded):
        for intake in intakes:
            _view(workspace, intake, f"SELECT *, 0 AS spell FROM {intake.table} WHERE cause IS NULL")
        return
    for intake in intakes:
        newest = "updated_at DESC NULLS LAST, withdrawn_at DESC NULLS LAST"
        set_doubles_aside(workspace, intake, (*KEY, "ordered_at"), newest, "duplicate row", "msisdn")
    for intake, other in (intakes, intakes[::-1]):
        keys, both = ", ".join(KEY), ", ".join((*KEY, "ordered_at"))
        partnered = f"({both}) IN (SELECT ({both}) FROM {other.table} WHERE cause IS NULL)"
        marked = f"SELECT *, {partnered} AS partnered FROM {intake.table} WHERE cause IS NULL"
        number = f"row_number() OVER (PARTITION BY {keys}, partnered ORDER BY ordered_at)"
        spell = f"CASE WHEN partnered THEN CAST(ordered_at AS VARCHAR) ELSE CAST({number} AS VARCHAR) END"
        _view(workspace, intake, f"SELECT *, {spell} AS spell FROM ({marked}) AS marked")


def _view(workspace: Workspace, intake: Intake, query: str) -> None:
    workspace.run("", f"CREATE VIEW {intake.table.removesuffix('_export')} AS {query}")


def _differs(name: str) -> str:
    return f"boss_{name} IS DISTINCT FROM misc_{name}"


def _counts(workspace: Workspace) -> list[int]:
    kinds = [f"count(*) FILTER (WHERE {kind})" for kind in ("only_boss", "only_misc", "differ", "out_of_step")]
    kinds += [f"count(*) FILTER (WHERE differ AND {_differs(name)})" for name in COMPARED]
    return [int(str(count)) for count in workspace.rows(f"SELECT {', '.join(kinds)} FROM mismatch")[0]]
