"""The audit of reminders: what the honest carrier sends is right, and every kind of wrong is counted as what it is."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialtest.audit.reminders import BREACHES, RemindersAudit, audit_reminders, write_reminder_findings
from dialtest.audit.workspace import open_workspace
from dialtest.errors import DialtestError
from dialtest.policy.load import load_policy
from dialtest.sample.sample import make_sample
from dialtest.sandbox.batch_log import Sending
from dialtest.sandbox.conduct import HONEST, Conduct
from dialtest.sandbox.faults import ALL_FAULTS
from dialtest.sandbox.subscriber_base import HeldSubscription, Subscriber, subscriber_base
from dialtest.sandbox.subscriber_base_file import read_base, write_base

POLICY = load_policy("monternet-2006")
SERVICES = make_sample(60, 1, POLICY, numbers=0, control=0).services

Row = dict[str, str]


class Files:
    """A base, and the log of its batches, to be spoilt line by line."""

    def __init__(
        self,
        folder: Path,
        size: int = 150,
        seed: int = 7,
        conduct: Conduct = HONEST,
        share: float = 1,
        keep: Callable[[HeldSubscription], bool] = lambda held: True,
    ) -> None:
        assert POLICY.batches is not None
        self.base, self.log = folder / "base.csv", folder / "sent.csv"
        write_base(self.base, _with(subscriber_base(POLICY, SERVICES, size, seed), keep))
        self.sending = Sending(POLICY, POLICY.batches, seed, conduct, share)
        self.sending.write(self.log, read_base(self.base, POLICY))

    def change(self, file: Path, change: Callable[[list[Row]], object]) -> None:
        """Write a file again after `change` altered its rows."""
        with file.open(encoding="utf-8", newline="") as opened:
            table = csv.DictReader(opened)
            rows, columns = list(table), list(table.fieldnames or ())
        change(rows)
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, columns)
            writer.writeheader()
            writer.writerows(rows)

    def audited(self) -> RemindersAudit:
        with open_workspace("512MB") as workspace:
            return audit_reminders(workspace, POLICY, self.base, self.log)

    def breaches(self) -> Mapping[str, int]:
        """The counts that are not 0."""
        return {breach: count for breach, count in self.audited().by_breach.items() if count}


@pytest.fixture
def files(tmp_path: Path) -> Files:
    return Files(tmp_path)


def _with(people: Iterable[Subscriber], keep: Callable[[HeldSubscription], bool]) -> Iterable[Subscriber]:
    for one in people:
        held = tuple(filter(keep, one.subscriptions))
        if held:
            yield replace(one, subscriptions=held)


def first_of(rows: list[Row], parts: str = "2") -> list[Row]:
    """The lines of one text of that many parts."""
    start = next(place for place, row in enumerate(rows) if row["parts"] == parts and row["part"] == "1")
    return rows[start : start + int(parts)]


def test_the_honest_carriers_log_has_no_breach(files: Files) -> None:
    found = files.audited()
    assert found.by_breach == dict.fromkeys(BREACHES, 0)
    assert found.first == []
    assert [row.number for row in found.batches] == sorted({row.number for row in found.batches})
    assert sum(row.due for row in found.batches) == found.due > 250
    assert not found.problems


FAULTS = {
    "existing-reminder-missing": "missing",
    "existing-reminder-twice": "twice",
    "existing-reminder-late": "outside_window",
    "existing-reminder-from-old-port": "wrong_port",
    "existing-reminder-understates-tariff": "wrong_tariff",
    "existing-reminder-incomplete": "incomplete",
    "existing-reminder-of-withdrawn": "not_held",
}


def test_every_fault_of_the_batches_is_tried() -> None:
    assert FAULTS.keys() == {name for name in ALL_FAULTS if name.startswith("existing-reminder-")}


@pytest.mark.parametrize(("fault", "breach"), FAULTS.items())
def test_every_reminder_that_a_fault_struck_is_counted_and_nothing_else(
    tmp_path: Path, fault: str, breach: str
) -> None:
    """A subscription withdrawn just then makes two breaches of one, or none: those are left to their own fault."""
    conduct = ALL_FAULTS[fault]()
    files = Files(tmp_path, 400, 3, conduct, 0.3, lambda held: conduct.reminds_of_withdrawn() or not held.withdrawn_at)
    assert files.sending.struck > 0
    assert files.breaches() == {breach: files.sending.struck}


def test_a_reminder_in_another_batch_is_found(files: Files) -> None:
    def move(rows: list[Row]) -> None:
        for row in first_of(rows):
            row["batch"] = "25" if row["batch"] != "25" else "24"

    files.change(files.log, move)
    assert set(files.breaches()) == {"wrong_batch"}


def test_a_subscription_left_out_of_its_text_is_found(files: Files) -> None:
    def leave_out(rows: list[Row]) -> None:
        row = next(row for row in rows if ";" in row["text"] and row["part"] != "1")
        row["text"] = re.sub(r"[0-9]+\.[^;]+;", "", row["text"], count=1)

    files.change(files.log, leave_out)
    assert files.breaches() == {"missing": 1}


def test_an_earlier_order_at_another_price_is_another_row_and_no_breach(files: Files) -> None:
    def order_earlier(rows: list[Row]) -> None:
        active = [row for row in rows if row["status"] == "active"]
        past = {"status": "withdrawn", "ordered_at": "2002-01-01 10:00:00", "withdrawn_at": "2002-05-01 10:00:00"}
        rows += [{**row, "fee_fen": "1", **past} for row in active] + active[:5]

    files.change(files.base, order_earlier)
    assert files.breaches() == {}


def test_a_text_about_what_nobody_sold_is_found(files: Files) -> None:
    def name_another(rows: list[Row]) -> None:
        text = first_of(rows)
        text[0]["text"] = text[0]["text"].replace("提供的", "某某提供的")

    files.change(files.log, name_another)
    assert set(files.breaches()) == {"missing", "not_held"}


def test_a_text_to_somebody_who_holds_nothing_is_found(files: Files) -> None:
    def redirect(rows: list[Row]) -> None:
        rows += [{**row, "msisdn": "13999999999"} for row in first_of(rows)]

    files.change(files.log, redirect)
    assert files.breaches() == {"not_held": 1}


def test_numbers_of_parts_that_are_not_what_the_text_says_are_found(files: Files) -> None:
    def renumber(rows: list[Row]) -> None:
        for row in first_of(rows):
            row["text"] = row["text"].replace("/2)", "/3)")

    files.change(files.log, renumber)
    assert set(files.breaches()) == {"incomplete"}


def test_parts_too_long_for_a_message_are_found(files: Files) -> None:
    def join(rows: list[Row]) -> None:
        one, two, three = first_of(rows, "3")
        one["text"] = f"(1/2){one['text'][5:]}{two['text'][5:]}"
        three.update(text=f"(2/2){three['text'][5:]}", part="2")
        for row in (one, three):
            row["parts"] = "2"
        rows.remove(two)

    files.change(files.log, join)
    assert set(files.breaches()) == {"incomplete"}


def test_numbers_judged_a_share_at_a_time_give_the_same(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    files.change(files.log, lambda rows: rows.pop(3))
    whole = files.audited()
    monkeypatch.setattr("dialtest.audit.reminders.MESSAGES_AT_ONCE", 100)
    apart = files.audited()
    assert (apart.by_breach, apart.first, apart.batches) == (whole.by_breach, whole.first, whole.batches)
    assert (apart.due, apart.texts) == (whole.due, whole.texts)


def test_parts_that_left_out_of_order_are_one_text(files: Files) -> None:
    files.change(files.log, lambda rows: rows.reverse())
    assert files.breaches() == {}


def test_one_way_out_is_not_enough(files: Files) -> None:
    def shorten(rows: list[Row]) -> None:
        for row in first_of(rows):
            row["text"] = row["text"].replace(",发“0000”到10086", "")

    files.change(files.log, shorten)
    assert set(files.breaches()) == {"incomplete"}


def test_rows_that_cannot_be_read_are_told_and_the_rest_is_audited(files: Files) -> None:
    def spoil(rows: list[Row]) -> None:
        rows[0]["sent_at"] = "soon"
        rows[2]["part"] = "0"

    files.change(files.log, spoil)
    found = files.audited()
    assert dict(found.problems.causes) == {"impossible time": 1, "impossible part or batch": 1}
    assert found.messages == files.sending.messages
    assert found.untested in (1, 2)
    assert found.by_breach == dict.fromkeys(BREACHES, 0)


def test_a_brand_nobody_knows_is_told(files: Files) -> None:
    files.change(files.base, lambda rows: rows[0].update(brand="大众卡"))
    found = files.audited()
    assert dict(found.problems.causes) == {"unknown brand": 1}
    assert (found.untested, sum(found.by_breach.values())) == (1, 0)


def test_a_log_without_its_columns_is_refused(files: Files) -> None:
    with pytest.raises(DialtestError), open_workspace() as workspace:
        audit_reminders(workspace, POLICY, files.base, files.base)


def test_a_market_without_batches_is_refused(files: Files) -> None:
    with pytest.raises(DialtestError), open_workspace() as workspace:
        audit_reminders(workspace, load_policy("uk-premium-2019"), files.base, files.log)


def test_every_breach_stands_in_the_findings(tmp_path: Path) -> None:
    files = Files(tmp_path, 300, 3, ALL_FAULTS["existing-reminder-missing"]())
    with open_workspace() as workspace:
        found = audit_reminders(workspace, POLICY, files.base, files.log)
        write_reminder_findings(workspace, tmp_path / "findings.csv")
    with (tmp_path / "findings.csv").open(encoding="utf-8", newline="") as opened:
        rows = list(csv.DictReader(opened))
    assert {row["breach"] for row in rows} == {"missing"}
    assert len(rows) == found.by_breach["missing"] > len(found.first) == 100
    assert rows == sorted(rows, key=lambda row: (row["msisdn"], row["provider_code"], row["service_code"]))


@settings(max_examples=6, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(size=st.integers(1, 80), seed=st.integers(0, 10**6))
def test_whatever_the_base_the_honest_carrier_is_never_accused(tmp_path: Path, size: int, seed: int) -> None:
    assert Files(tmp_path, size, seed).breaches() == {}


@settings(max_examples=8, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_a_message_that_is_lost_from_the_log_never_goes_unseen(tmp_path: Path, data: st.DataObject) -> None:
    files = Files(tmp_path, 40, 5)
    place = data.draw(st.integers(0, files.sending.messages - 1))
    files.change(files.log, lambda rows: rows.pop(place))
    assert set(files.breaches()) == {"incomplete"}
