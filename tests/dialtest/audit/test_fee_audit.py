"""The fee audit (Q6): what counts as a breach, once, and what money it stands for."""

from __future__ import annotations

from pathlib import Path

import pytest

from dialtest.model.charge_breach import CHARGE_BREACHES
from dialtest.rules.registry import ALL_RULES
from tests.dialtest.audit.exports import (
    BELA,
    audit_cdr,
    breaches,
    cdr,
    figures,
    findings,
    held,
    use,
    write_cdrs,
    write_subscriptions,
)


def test_an_honest_charge_is_not_counted(tmp_path: Path) -> None:
    assert breaches(tmp_path, [cdr(1, "2006-08-01 00:00:00"), cdr(2), use(3)], [held()]) == {}


@pytest.mark.parametrize(
    ("breach", "row", "subscription"),
    [
        ("not_filed", cdr(1, provider_code="900009"), held()),
        ("not_filed", use(1, service_code="??".replace("?", "Z")), held()),
        ("no_subscription", cdr(1, msisdn=BELA), held()),
        ("no_subscription", cdr(1, "2006-07-01 00:00:00"), held()),
        ("after_withdrawal", cdr(1), held(withdrawn_at="2006-08-31 23:00:00")),
        ("in_free_period", cdr(1, "2006-08-01 00:00:00"), held("2006-07-21 00:00:00")),
        ("in_free_period", cdr(1, "2006-07-31 00:00:00"), held()),
        ("before_first", cdr(1, "2006-08-30 00:00:00"), held()),
        ("over_tariff", cdr(1, fee_fen=3001), held()),
        ("no_active_use", use(1, proof_id=""), held()),
    ],
)
def test_each_breach_is_found(
    tmp_path: Path, breach: str, row: dict[str, object], subscription: dict[str, object]
) -> None:
    assert breaches(tmp_path, [row], [subscription]) == {"1": breach}


def test_the_second_fee_of_a_month_is_found_and_the_first_is_not(tmp_path: Path) -> None:
    found = breaches(tmp_path, [cdr("b"), cdr("a"), cdr("c", "2006-10-01 00:00:00")], [held()])
    assert found == {"b": "twice_in_month"}


def test_the_request_decides_to_the_second(tmp_path: Path) -> None:
    subscription = held(withdrawn_at="2006-09-01 00:00:00")
    found = breaches(tmp_path, [cdr(1, "2006-09-01 00:00:00"), cdr(2, "2006-10-01 00:00:00")], [subscription])
    assert found == {"2": "after_withdrawal"}


def test_an_order_of_the_twentieth_is_charged_on_the_next_first_and_one_of_the_twenty_first_a_month_later(
    tmp_path: Path,
) -> None:
    subscriptions = [held("2006-07-20 23:59:59"), held("2006-07-21 00:00:00", msisdn=BELA)]
    rows = [cdr(1, "2006-08-01 00:00:00"), cdr(2, "2006-08-01 00:00:00", msisdn=BELA), cdr(3, msisdn=BELA)]
    assert breaches(tmp_path, rows, subscriptions) == {"2": "in_free_period"}


def test_a_second_order_has_no_free_month(tmp_path: Path) -> None:
    subscriptions = [held("2006-07-05 00:00:00", "2006-07-06 00:00:00"), held("2006-07-25 00:00:00")]
    assert breaches(tmp_path, [cdr(1, "2006-08-01 00:00:00")], subscriptions) == {}


def test_nothing_may_be_charged_between_a_withdrawal_and_a_new_order(tmp_path: Path) -> None:
    subscriptions = [held("2006-06-05 00:00:00", "2006-07-06 00:00:00"), held("2006-08-15 00:00:00")]
    rows = [cdr(1, "2006-07-01 00:00:00"), cdr(2, "2006-08-01 00:00:00"), cdr(3, "2006-09-01 00:00:00")]
    assert breaches(tmp_path, rows, subscriptions) == {"2": "after_withdrawal"}


def test_a_record_is_counted_once_under_the_first_breach_that_applies(tmp_path: Path) -> None:
    rows = [cdr(1, "2006-07-15 00:00:00", fee_fen=9000, provider_code="900009"), use(2, fee_fen=300, proof_id="")]
    assert breaches(tmp_path, rows, [held()]) == {"1": "not_filed", "2": "over_tariff"}


def test_money_at_risk_is_the_fee_and_over_the_tariff_the_excess_and_the_refund_is_double(tmp_path: Path) -> None:
    exports = write_cdrs(tmp_path, cdr(1, fee_fen=3500), cdr(2, msisdn=BELA)), write_subscriptions(tmp_path, held())
    found = figures(audit_cdr(tmp_path, *exports, "--json"))
    assert (found["rows"], found["fee_fen_at_risk"], found["refund_fen_due"]) == (2, 3500, 7000)
    assert [row["refund_due_fen"] for row in findings(tmp_path)] == ["1000", "6000"]


def test_json_has_every_key_of_the_table_of_breaches_in_its_order(tmp_path: Path) -> None:
    exports = write_cdrs(tmp_path, cdr(1)), write_subscriptions(tmp_path, held())
    found = figures(audit_cdr(tmp_path, *exports, "--json"))
    assert list(found["by_breach"]) == [breach.key for breach in CHARGE_BREACHES]


def test_a_market_charged_by_the_week_has_no_first_of_the_month(tmp_path: Path) -> None:
    """uk-premium-2019: every seven days from the day after the order."""
    days = ("2020-01-07 10:00:00", "2020-01-14 10:00:00", "2020-01-18 10:00:00", "2020-01-21 09:00:00")
    rows = [cdr(number, day) for number, day in enumerate(days)]
    catalogue = tmp_path / "filed.csv"
    catalogue.write_text(
        "provider_code,provider,port,service_code,service name,service_type,billing,tariff,order command,stop command,"
        "helpline\n900001,News,60001,XW,News,sms,monthly,£30 per week,NEWS,STOP,0800 123\n",
        encoding="utf-8",
    )
    exports = write_cdrs(tmp_path, *rows), write_subscriptions(tmp_path, held("2020-01-06 10:00:00"))
    audit_cdr(tmp_path, *exports, "--policy", "uk-premium-2019", "--catalogue", catalogue)
    assert {row["cdr_id"]: row["breach"] for row in findings(tmp_path)} == {
        "2": "twice_in_month",
        "3": "twice_in_month",
    }


def test_several_files_are_audited_together(tmp_path: Path) -> None:
    national = write_cdrs(tmp_path, cdr(1), name="national.csv")
    local = write_cdrs(tmp_path, cdr(2), name="local.csv")
    result = audit_cdr(tmp_path, [national, local], write_subscriptions(tmp_path, held()), "--json")
    assert figures(result)["by_breach"]["twice_in_month"] == 1


def test_fail_on_asks_for_any_breach_or_for_one(tmp_path: Path) -> None:
    exports = write_cdrs(tmp_path, cdr(1, fee_fen=3001)), write_subscriptions(tmp_path, held())
    codes = [
        audit_cdr(tmp_path, *exports, "--fail-on", asked).exit_code for asked in ("breach", "over_tariff", "not_filed")
    ]
    assert codes == [1, 1, 0]


def test_the_result_never_overwrites_an_export(tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    cdrs = write_cdrs(tmp_path / "out", cdr(1), name="findings.csv")
    before = cdrs.read_bytes()
    result = audit_cdr(tmp_path, cdrs, write_subscriptions(tmp_path, held()))
    assert (result.exit_code, cdrs.read_bytes()) == (2, before)
    assert "would be overwritten" in result.output


def test_people_read_titles_in_their_language(tmp_path: Path) -> None:
    exports = write_cdrs(tmp_path, cdr(1, fee_fen=3001)), write_subscriptions(tmp_path, held())
    assert "Charge above the filed tariff" in audit_cdr(tmp_path, *exports).output


def test_every_breach_names_rules_that_are_there() -> None:
    known = {rule.name for rule in ALL_RULES}
    assert [name for breach in CHARGE_BREACHES for name in breach.rules if name not in known] == []
