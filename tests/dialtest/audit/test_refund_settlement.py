"""The audit of refund files: silent on an honest settlement, and it names what each dishonest one did."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from msgspec.structs import replace

from dialtest.audit.refund_settlement import audit_refunds
from dialtest.campaign.refund_files import write_files
from dialtest.model.refund_detail import RefundDetail
from dialtest.problem import BadInput
from dialtest.sandbox.settlement import settle
from dialtest.sandbox.settlement_conduct import ALL_SETTLEMENT_FAULTS, HONEST, SettlementConduct
from tests.dialtest.sandbox.settlements import anything, details


def written(folder: Path, conduct: SettlementConduct = HONEST, rows: list[RefundDetail] | None = None) -> list[Path]:
    settled = settle(details() if rows is None else rows, conduct)
    return [one.path for one in write_files(settled, folder)]


def test_an_honest_settlement_reconciles(tmp_path: Path) -> None:
    found = audit_refunds(written(tmp_path))
    assert found.reconciles
    assert {24} == set(found.rows.values())
    assert {sum(row.amount_fen for row in details())} == set(found.totals_fen.values())
    assert () == found.breaches


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(anything)
def test_whatever_was_refunded_an_honest_settlement_reconciles(tmp_path: Path, rows: list[RefundDetail]) -> None:
    assert audit_refunds(written(tmp_path / f"{len(rows)}-{hash(tuple(rows))}", rows=rows)).reconciles


@pytest.mark.parametrize("name", ALL_SETTLEMENT_FAULTS)
def test_every_way_to_break_a_settlement_is_found_and_called_by_its_name(name: str, tmp_path: Path) -> None:
    fault = ALL_SETTLEMENT_FAULTS[name]()
    found = audit_refunds(written(tmp_path, fault))
    assert not found.reconciles
    assert {fault.breach} == {breach for breach, count in found.by_breach.items() if count}


def test_totals_that_agree_by_chance_do_not_hide_two_altered_rows(tmp_path: Path) -> None:
    class Shifted(SettlementConduct):
        def to_first_level(self, rows: tuple[RefundDetail, ...]) -> tuple[RefundDetail, ...]:
            more, less = rows[0], rows[1]
            changed = replace(more, amount_fen=more.amount_fen + 7), replace(less, amount_fen=less.amount_fen - 7)
            return (*changed, *rows[2:])

    found = audit_refunds(written(tmp_path, Shifted()))
    assert 1 == len(set(found.totals_fen.values()))
    assert (4, False) == (found.by_breach["altered"], found.reconciles)


def test_files_may_be_named_in_any_order_and_are_left_as_they_are(tmp_path: Path) -> None:
    files = written(tmp_path)
    before = [path.read_bytes() for path in files]
    assert audit_refunds(files[::-1]).reconciles
    assert before == [path.read_bytes() for path in files]


def test_a_hop_nobody_gave_a_file_of_is_told(tmp_path: Path) -> None:
    files = [path for path in written(tmp_path) if path.name != "first-level.csv"]
    with pytest.raises(BadInput, match="first_level"):
        audit_refunds(files)


def test_a_file_named_twice_is_told(tmp_path: Path) -> None:
    files = written(tmp_path)
    with pytest.raises(BadInput, match="2"):
        audit_refunds([*files, files[0]])


@pytest.mark.parametrize("amount", ["-500", "5.5", "", "a lot", "9" * 30])
def test_an_amount_that_is_none_is_told_with_its_row(amount: str, tmp_path: Path) -> None:
    files = written(tmp_path)
    lines = files[0].read_text(encoding="utf-8").splitlines()
    cells = lines[1].split(",")
    cells[-2] = amount
    files[0].write_text("\n".join([lines[0], ",".join(cells), *lines[2:]]), encoding="utf-8")
    with pytest.raises(BadInput, match="amount_fen"):
        audit_refunds(files)


def test_a_file_of_something_else_is_told(tmp_path: Path) -> None:
    other = tmp_path / "other.csv"
    other.write_text("name,colour\nnews,red\n", encoding="utf-8")
    with pytest.raises(BadInput, match="other"):
        audit_refunds([other])


def test_codes_that_are_no_file_names_stay_inside_the_folder(tmp_path: Path) -> None:
    rows = [replace(row, provider_code="../../etc", access_province="/root") for row in details()]
    files = written(tmp_path, rows=rows)
    assert all(path.resolve().is_relative_to(tmp_path.resolve()) for path in files)
    assert audit_refunds(files).reconciles
