"""The reconciliation of BOSS and MISC (Q3, Q5)."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.dialtest.audit.exports import ANNA, BELA, Row, figures, findings, held, typed, write_subscriptions

SAME = {"status": "active", "updated_at": "2006-07-10 12:00:00"}


def reconciled(folder: Path, boss: list[Row], misc: list[Row], *more: object) -> dict[str, int]:
    """The counts that are not 0, and the rows."""
    files = write_subscriptions(folder, *boss, name="boss.csv"), write_subscriptions(folder, *misc, name="misc.csv")
    result = typed("audit", "subscriptions", *files, "--json", "--out", folder / "out", *more)
    assert result.exit_code == 0, result.output
    names = ("only_boss", "only_misc", "differ", "out_of_step")
    return {name: figures(result)[name] for name in names if figures(result)[name]}


def test_two_ledgers_in_step_give_no_findings(tmp_path: Path) -> None:
    assert reconciled(tmp_path, [held(), held(msisdn=BELA)], [held(msisdn=BELA), held()]) == {}


def test_what_only_one_holds_is_found(tmp_path: Path) -> None:
    found = reconciled(tmp_path, [held(), held(service_code="A")], [held(), held(msisdn=BELA), held(service_code="B")])
    assert found == {"only_boss": 1, "only_misc": 2}
    assert [(row["what"], row["msisdn"], row["service_code"]) for row in findings(tmp_path)] == [
        ("only_boss", ANNA, "A"),
        ("only_misc", ANNA, "B"),
        ("only_misc", BELA, "XW"),
    ]


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("status", "withdrawn"),
        ("ordered_at", "2006-07-10 12:00:01"),
        ("withdrawn_at", "2006-07-11 12:00:00"),
        ("channel", "web"),
    ],
)
def test_a_field_that_differs_is_named(tmp_path: Path, field: str, value: str) -> None:
    assert reconciled(tmp_path, [held()], [held(**(SAME | {field: value}))]) == {"differ": 1}
    assert [row["fields"] for row in findings(tmp_path)] == [field]


@pytest.mark.parametrize(
    ("boss", "misc"), [("sms ", "短信"), (" web", "WEB"), ("-", ""), ("NULL", "无"), ("App", "app ")]
)
@pytest.mark.parametrize("others", [0, 20])
def test_a_channel_written_in_another_way_does_not_differ(tmp_path: Path, boss: str, misc: str, others: int) -> None:
    more = [held(msisdn=f"1380000{number:04}") for number in range(others)]
    assert reconciled(tmp_path, [*more, held(channel=boss)], [*more, held(channel=misc)]) == {}


def test_a_malformed_row_accuses_nobody(tmp_path: Path) -> None:
    boss, misc = (
        write_subscriptions(tmp_path, held(), held(msisdn=BELA), name=name) for name in ("boss.csv", "misc.csv")
    )
    boss.write_text(boss.read_text(encoding="utf-8").replace(f"{BELA},", f"{BELA},x,"), encoding="utf-8")
    told = figures(typed("audit", "subscriptions", boss, misc, "--json", "--out", tmp_path / "out"))
    assert (told["rows_boss"], told["only_misc"], told["rejected_by_cause"]) == (2, 0, {"too many columns": 1})


@pytest.mark.parametrize(
    ("late", "found"), [("12:05:00", {}), ("12:05:01", {"out_of_step": 1}), ("11:54:59", {"out_of_step": 1})]
)
def test_changes_may_be_five_minutes_apart(tmp_path: Path, late: str, found: dict[str, int]) -> None:
    assert reconciled(tmp_path, [held()], [held(updated_at=f"2006-07-10 {late}")]) == found


def test_a_lost_withdrawal_differs_and_is_out_of_step(tmp_path: Path) -> None:
    assert reconciled(tmp_path, [held(withdrawn_at="2006-07-12 12:00:00")], [held()]) == {"differ": 1, "out_of_step": 1}
    assert [(row["what"], row["fields"], row["misc_later_s"]) for row in findings(tmp_path)] == [
        ("differ;out_of_step", "status;withdrawn_at", "-172800")
    ]


def test_subscriptions_withdrawn_and_ordered_again_find_their_partners(tmp_path: Path) -> None:
    first, second = held("2006-07-01 00:00:00", "2006-07-02 00:00:00"), held("2006-08-01 00:00:00")
    assert reconciled(tmp_path, [first, second], [second, first]) == {}
    assert reconciled(tmp_path, [first, second], [first]) == {"only_boss": 1}
    assert reconciled(tmp_path, [second], [first, second]) == {"only_misc": 1}
    later = held("2006-08-01 00:00:09", updated_at="2006-08-01 00:00:00")
    assert reconciled(tmp_path, [first, second], [later, first]) == {"differ": 1}


def test_one_file_for_both_is_refused(tmp_path: Path) -> None:
    boss = write_subscriptions(tmp_path, held())
    misc = tmp_path / "misc.csv"
    misc.symlink_to(boss)
    result = typed("audit", "subscriptions", boss, misc, "--out", tmp_path / "out")
    assert result.exit_code == 2
    assert "BOSS and MISC are the same file" in result.output


def test_a_copy_is_compared_and_the_user_is_told(tmp_path: Path) -> None:
    boss, misc = (write_subscriptions(tmp_path, held(), name=name) for name in ("boss.csv", "misc.csv"))
    result = typed("audit", "subscriptions", boss, misc, "--out", tmp_path / "out")
    assert result.exit_code == 0
    assert "the same byte by byte" in result.output


def test_a_row_that_cannot_be_read_accuses_nobody(tmp_path: Path) -> None:
    boss = write_subscriptions(tmp_path, held("yesterday"), name="boss.csv")
    misc = write_subscriptions(tmp_path, held(), held(msisdn=BELA), name="misc.csv")
    result = typed("audit", "subscriptions", boss, misc, "--json", "--out", tmp_path / "out")
    told = figures(result)
    assert (result.exit_code, told["rows_boss"], told["only_misc"], told["rejected"]) == (2, 1, 1, 1)


def test_a_row_that_is_twice_there_is_rejected_and_the_newest_is_compared(tmp_path: Path) -> None:
    old, new = held(status="withdrawn"), held(updated_at="2006-07-10 12:01:00")
    boss = write_subscriptions(tmp_path, old, new, name="boss.csv")
    misc = write_subscriptions(tmp_path, held(), name="misc.csv")
    result = typed("audit", "subscriptions", boss, misc, "--json", "--out", tmp_path / "out")
    told = figures(result)
    assert (told["differ"], told["only_boss"], told["rejected_by_cause"]) == (0, 0, {"duplicate row": 1})


def test_a_column_only_one_has_is_not_compared(tmp_path: Path) -> None:
    boss = write_subscriptions(tmp_path, held(), name="boss.csv")
    misc = tmp_path / "misc.csv"
    misc.write_text(
        f"手机号码,企业代码,业务代码,状态,订购时间\n{ANNA},900001,XW,在用,20060710120000\n", encoding="gb18030"
    )
    told = figures(typed("audit", "subscriptions", boss, misc, "--json", "--out", tmp_path / "out"))
    assert (told["differ"], told["not_compared"]) == (0, ["withdrawn_at", "channel", "updated_at"])


def test_fail_on_asks_for_any_mismatch(tmp_path: Path) -> None:
    boss, misc = write_subscriptions(tmp_path, held(), name="b.csv"), write_subscriptions(tmp_path, name="m.csv")
    verb = ("audit", "subscriptions", boss, misc, "--out", tmp_path / "out")
    assert (typed(*verb).exit_code, typed(*verb, "--fail-on", "mismatch").exit_code) == (0, 1)
