"""Tasks of the phases (D5) and the deadlines of halls (Q9): done, late, due, overdue, on any day."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialtest.errors import DialtestError
from dialtest.folder.checking import check_folder
from dialtest.folder.halls import Hall, hall_delays, halls_text, load_halls
from dialtest.folder.service_checks import load_service_checks
from dialtest.folder.tasks import Done, counted, load_tasks, task_standings, tasks_text
from dialtest.language import speaking
from dialtest.policy.load import load_policy, parse_policy
from dialtest.policy.phases import phases_on
from dialtest.sample.new_folder import make_folder

POLICY = load_policy("monternet-2006")
TRAINED = date(2006, 7, 21)


def done(task: str, on: date, by: str = "张三") -> dict[str, Done]:
    return {task: Done(task, on, by, "会议纪要")}


def status(task: str, on: date, report: dict[str, Done] | None = None) -> str:
    return next(one.status for one in task_standings(POLICY, report or {}, on) if one.task.task == task)


def write(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def test_the_five_phases_are_those_of_the_plan() -> None:
    assert [1, 2, 3, 4, 5] == [phase.number for phase in POLICY.phases]
    assert [[1], [1, 2], [3], [4], [5], []] == [
        [phase.number for phase in phases_on(POLICY.phases, date(2006, month, 15))] for month in (6, 7, 8, 10, 11, 12)
    ]


def test_the_papers_of_q9_are_due_on_their_days() -> None:
    due = {task.task: task.due for phase in POLICY.phases for task in phase.tasks}
    assert (date(2006, 7, 19), TRAINED) == (due["terminals-checked"], due["staff-trained"])
    assert [date(2006, 9, 1), date(2006, 10, 1), date(2006, 10, 1)] == [
        due[task] for task in ("website", "sms-10086", "wap-unified")
    ]


def test_a_task_done_on_its_last_day_is_done_and_a_day_later_late() -> None:
    later = date(2006, 12, 1)
    assert "done" == status("staff-trained", later, done("staff-trained", TRAINED))
    assert "late" == status("staff-trained", later, done("staff-trained", TRAINED + timedelta(days=1)))


def test_a_task_not_done_is_due_until_the_end_of_its_last_day_and_overdue_after() -> None:
    assert "due" == status("staff-trained", TRAINED)
    assert "overdue" == status("staff-trained", TRAINED + timedelta(days=1))


def test_what_was_done_later_was_not_done_on_the_day_asked_for() -> None:
    report = done("staff-trained", TRAINED + timedelta(days=5))
    assert "overdue" == status("staff-trained", TRAINED + timedelta(days=4), report)
    assert "late" == status("staff-trained", TRAINED + timedelta(days=5), report)


@given(st.dates(date(2006, 5, 1), date(2007, 1, 31)), st.dates(date(2006, 5, 1), date(2007, 1, 31)))
def test_a_task_never_goes_back(first: date, second: date) -> None:
    on, later = sorted((first, second))
    report = done("staff-trained", date(2006, 7, 25))
    order = ("due", "overdue", "late")
    assert order.index(status("staff-trained", on, report)) <= order.index(status("staff-trained", later, report))


@given(st.dates(date(2006, 5, 1), date(2007, 1, 31)))
def test_every_task_has_one_status(on: date) -> None:
    standings = task_standings(POLICY, {}, on)
    assert len(standings) == sum(counted(standings).values())


def test_the_written_file_names_every_task_and_is_read_back(tmp_path: Path) -> None:
    report = done("staff-trained", TRAINED)
    path = write(tmp_path / "tasks.csv", tasks_text(POLICY, "zh", report))
    read, problems = load_tasks(path, POLICY)
    assert (report, []) == (read, problems.lines())
    assert sum(len(phase.tasks) for phase in POLICY.phases) + 1 == len(path.read_text(encoding="utf-8").splitlines())


def test_a_missing_file_says_nothing_is_done(tmp_path: Path) -> None:
    read, problems = load_tasks(tmp_path / "tasks.csv", POLICY)
    assert ({}, False) == (read, bool(problems))


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("staff-traind,2006-07-21", "do you mean “staff-trained”"),
        ("staff-trained,2006-07-32", "a day such as"),
        ("staff-trained,2006-07-21\nstaff-trained,2006-07-22", "each task once"),
        ("staff-trained,2006-07-21,extra", "columns"),
    ],
)
def test_a_wrong_row_is_told_with_what_to_do(row: str, told: str, tmp_path: Path) -> None:
    with speaking("en"):
        _, problems = load_tasks(write(tmp_path / "tasks.csv", f"task,done on\n{row}\n"), POLICY)
        assert told.casefold() in "\n".join(problems.lines()).casefold()


def test_a_hall_checked_or_trained_late_is_shown_until_and_after_it_is_done() -> None:
    hall = Hall("昌吉", "延安路营业厅", True, date(2006, 7, 25), None)
    assert () == hall_delays(POLICY, [hall], [], date(2006, 7, 19))
    (before,) = hall_delays(POLICY, [hall], [], date(2006, 7, 20))
    assert ("checked", None) == (before.matter, before.done_on)
    after = hall_delays(POLICY, [hall], [], date(2006, 7, 31))
    assert [("checked", date(2006, 7, 25)), ("trained", None)] == [(one.matter, one.done_on) for one in after]


def test_a_city_without_a_dedicated_desk_is_overdue() -> None:
    halls = [
        Hall("昌吉", "延安路营业厅", True, TRAINED, TRAINED),
        Hall("哈密", "广东路营业厅", False, TRAINED, TRAINED),
    ]
    delays = hall_delays(POLICY, halls, ["昌吉", "伊犁"], date(2006, 8, 1))
    assert ["哈密", "伊犁"] == [one.city for one in delays if one.matter == "desk"]
    assert not [one for one in hall_delays(POLICY, halls, ["伊犁"], date(2006, 7, 31)) if one.matter == "desk"]


def test_halls_are_written_and_read_back(tmp_path: Path) -> None:
    halls = (Hall("昌吉", "延安路营业厅", True, TRAINED, None), Hall("哈密", "广东路营业厅", False, None, None))
    for language in ("zh", "en"):
        read, problems = load_halls(write(tmp_path / "halls.csv", halls_text(halls, language)))
        assert (halls, []) == (read, problems.lines())


def test_a_score_beyond_a_hundred_points_is_refused(tmp_path: Path) -> None:
    text = "date,channel,score\n2006-09-01,hotline,{}\n"
    checks, problems = load_service_checks(write(tmp_path / "checks.csv", text.format("87.5")))
    assert ([875], False) == ([check.score_tenths for check in checks], bool(problems))
    for score in ("101", "-1", "", "nan", "１０１", "9e1"):
        checks, problems = load_service_checks(write(tmp_path / "checks.csv", text.format(score)))
        assert ((), {"impossible score": 1}) == (checks, dict(problems.causes))


def test_a_new_folder_has_tasks_and_halls_and_no_problem(tmp_path: Path) -> None:
    assert {"tasks.csv", "halls.csv"} < set(make_folder(tmp_path / "new", "monternet-2006"))
    checked = check_folder(tmp_path / "new")
    assert ([], []) == (checked.problems.lines(), [note for note in checked.notes if "overdue" in note])


def test_a_market_without_phases_has_no_tasks(tmp_path: Path) -> None:
    assert not {"tasks.csv", "halls.csv"} & set(make_folder(tmp_path / "new", "uk-premium-2019"))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('task = "numbers"', 'task = "office"', "two tasks"),
        ("number = 2\n", "number = 3\n", "has the number 3"),
        ("ends = 2006-08-31", "ends = 2006-07-31", "before it begins"),
        ('task = "office", due', 'task = "office", dew', "dew"),
    ],
)
def test_phases_that_make_no_sense_are_refused(old: str, new: str, told: str) -> None:
    with pytest.raises(DialtestError, match=told):
        parse_policy(POLICY.text.replace(old, new, 1), "changed")
