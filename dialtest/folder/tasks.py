"""The campaign's tasks (D5): what the policy asks of people by when, and what tasks.csv says is done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from pathlib import Path
from typing import Literal

from dialtest.catalogue.columns import Headers
from dialtest.catalogue.day import read_day
from dialtest.catalogue.row_reader import RowReader, read_rows
from dialtest.folder.text import table_text
from dialtest.language import _
from dialtest.policy.phases import Phase, Task, in_language
from dialtest.policy.policy import Policy
from dialtest.problem import Problems

FILE_NAME = "tasks.csv"
TASK_HEADERS: Headers = {
    "task": ("任务", "任务编号", "task"),
    "what": ("任务内容", "内容", "what"),
    "done_on": ("完成日期", "done on"),
    "by": ("完成人", "责任人", "by whom"),
    "evidence": ("说明", "依据", "evidence"),
}

TaskStatus = Literal["done", "late", "due", "overdue"]
TASK_STATUSES: tuple[TaskStatus, ...] = ("done", "late", "due", "overdue")


@dataclass(frozen=True, slots=True)
class Done:
    """What tasks.csv says of one task."""

    task: str
    done_on: date
    by: str
    evidence: str


@dataclass(frozen=True, slots=True)
class TaskStanding:
    """One task as it stands on a day; `done` is None until it is done."""

    phase: Phase
    task: Task
    status: TaskStatus
    done: Done | None


def load_tasks(path: Path, policy: Policy) -> tuple[Mapping[str, Done], Problems]:
    """What is done, by task, and everything wrong with the file; a missing file says nothing is done. Never raises."""
    problems = Problems()
    done: dict[str, Done] = {}
    if not path.exists():
        return done, problems
    known = [task.task for phase in policy.phases for task in phase.tasks]
    seen: set[str] = set()
    for row in read_rows(path, TASK_HEADERS, ("task", "done_on"), problems):
        name = _task(row, known)
        if name in seen:
            row.wrong("task", "duplicate task", name, _("each task once"), _("Remove one of the two."))
        seen.add(name)
        done_on = read_day(row, "done_on") if row.has("done_on") else None
        by, evidence = row.shown("by", 60, needed=False), row.shown("evidence", 300, needed=False)
        if done_on is not None and not row.bad:
            done[name] = Done(name, done_on, by, evidence)
    return done, problems


def task_standings(policy: Policy, done: Mapping[str, Done], on: date) -> tuple[TaskStanding, ...]:
    """Every task of the policy in its order, as it stood at the end of day `on`: what was done later was not done."""
    standings = []
    for phase in policy.phases:
        for task in phase.tasks:
            report = done.get(task.task)
            known = report if report is not None and report.done_on <= on else None
            standings.append(TaskStanding(phase, task, _status(task.due, known.done_on if known else None, on), known))
    return tuple(standings)


def counted(standings: Sequence[TaskStanding]) -> Mapping[TaskStatus, int]:
    """How many tasks stand how; every status has a count."""
    counts = Counter(standing.status for standing in standings)
    return {status: counts[status] for status in TASK_STATUSES}


def tasks_text(policy: Policy, language: str, done: Mapping[str, Done] | None = None) -> str:
    """tasks.csv with every task of the policy, for people to write into."""
    rows = [
        {
            "task": task.task,
            "what": in_language(task.what, language),
            "done_on": str(report.done_on) if (report := (done or {}).get(task.task)) else "",
            "by": report.by if report else "",
            "evidence": report.evidence if report else "",
        }
        for phase in policy.phases
        for task in phase.tasks
    ]
    return table_text(TASK_HEADERS, tuple(TASK_HEADERS), rows, language == "zh")


def _task(row: RowReader, known: Sequence[str]) -> str:
    name = row.text("task").casefold()
    if name not in known:
        near = get_close_matches(name[:60], known, 1)
        remedy = _("Do you mean “{near}”?").format(near=near[0]) if near else _("Look it up: dialtest tasks DIR.")
        row.wrong("task", "unknown task", name, _("a task of the policy's phases"), remedy)
    return name


def _status(due: date, done_on: date | None, on: date) -> TaskStatus:
    if done_on is not None:
        return "done" if done_on <= due else "late"
    return "due" if on <= due else "overdue"
