"""The fee audit (Q6): every charge record of whole exports against filings, subscriptions and free periods (T3, T5).

What is wrong is named by dialtest.model.charge_breach; the SQL that finds it stands in fee_audit.sql.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from dialtest.audit.charge_days import fill_charge_days
from dialtest.audit.doubles import set_doubles_aside
from dialtest.audit.intake import CDR_LAYOUT, HELD_LAYOUT, Intake
from dialtest.audit.rejects import cell, rejected
from dialtest.audit.workspace import Workspace, statement
from dialtest.language import _
from dialtest.model.charge_breach import CHARGE_BREACHES
from dialtest.model.service import Service
from dialtest.policy.policy import Policy
from dialtest.problem import Problems


@dataclass(frozen=True, slots=True)
class ProviderRow:
    """One provider's records under one breach; money in fen."""

    provider_code: str
    breach: str
    records: int
    at_risk_fen: int
    refund_due_fen: int


@dataclass(frozen=True, slots=True)
class FeeAudit:
    """What a fee audit gave. `rows` counts every record read, `audited` those that could be; money in fen.

    at_risk_fen: the fees of the records counted, of over_tariff only what is above the tariff. refund_due_fen: what is
    due back for them by R2. by_breach has every key of the table of breaches. without_withdrawals: the exports of
    subscriptions that say of none when it was withdrawn from, so that none of theirs is held against a charge.
    """

    rows: int
    audited: int
    by_breach: Mapping[str, int]
    at_risk_fen: int
    refund_due_fen: int
    providers: Sequence[ProviderRow]
    without_withdrawals: Sequence[str]
    problems: Problems


def audit_fees(
    workspace: Workspace,
    policy: Policy,
    services: Mapping[str, Service],
    cdr_files: Sequence[Path],
    subscription_files: Sequence[Path],
) -> FeeAudit:
    """Audit the exports; afterwards the workspace's table `breach` holds every record counted.

    Raises DialtestError and BadInput for a file that is no such export; bad rows are in `problems`, others audited.
    """
    cdrs = Intake(workspace, policy, "cdr", CDR_LAYOUT)
    subscriptions = Intake(workspace, policy, "subscription", HELD_LAYOUT)
    cdrs.take(cdr_files)
    subscriptions.take(subscription_files)
    set_doubles_aside(workspace, cdrs, ("cdr_id",), "charged_at", "duplicate id", "cdr_id")
    _fill_filings(workspace, services)
    fill_charge_days(workspace, policy, *_days(workspace))
    workspace.run(_("Judging charge records"), statement("fee_audit.sql"))
    silent = [part.export.name for part in subscriptions.parts if "withdrawn_at" not in part.export.places]
    return _told(workspace, cdrs.total, silent)


def write_fee_findings(workspace: Workspace, path: Path) -> None:
    """Every record counted as a row of a CSV, oldest first."""
    query = (
        f"SELECT breach, {cell('cdr_id')} AS cdr_id, msisdn, {cell('provider_code')} AS provider_code,"
        f" {cell('service_code')} AS service_code, charged_at, fee_fen, kind, at_risk_fen,"
        " at_risk_fen * refund_per_fen AS refund_due_fen, filed_fee_fen, ordered_at,"
        " CASE WHEN held_until < TIMESTAMP '9000-01-01' THEN held_until END AS withdrawn_at,"
        " CASE WHEN breach = 'in_free_period' THEN charged_from END AS charged_from,"
        " CASE WHEN breach = 'twice_in_month' THEN charged_before END AS charged_before"
        " FROM breach ORDER BY breach.charged_at, breach.cdr_id"
    )
    workspace.write(query, path)


def _fill_filings(workspace: Workspace, services: Mapping[str, Service]) -> None:
    workspace.run(
        "", "CREATE TABLE filing (provider_code VARCHAR, service_code VARCHAR, filed_fee_fen BIGINT, name VARCHAR)"
    )
    rows = [(filed.provider_code, filed.service_code, filed.fee_fen, filed.name) for filed in services.values()]
    workspace.fill("filing", rows)


def _days(workspace: Workspace) -> tuple[date, date]:
    """The first and last day any good row speaks of."""
    first, last = workspace.rows(
        "SELECT CAST(min(first) AS DATE), CAST(max(last) AS DATE) FROM"
        " (SELECT min(charged_at) AS first, max(charged_at) AS last FROM cdr WHERE cause IS NULL UNION ALL"
        " SELECT min(ordered_at), max(ordered_at) FROM subscription WHERE cause IS NULL) AS bounds"
    )[0]
    some_day = date(2000, 1, 1)
    return first if isinstance(first, date) else some_day, last if isinstance(last, date) else some_day


def _told(workspace: Workspace, rows: int, without_withdrawals: Sequence[str]) -> FeeAudit:
    counts: dict[str, int] = {breach.key: 0 for breach in CHARGE_BREACHES}
    order: dict[str, int] = {breach.key: place for place, breach in enumerate(CHARGE_BREACHES)}
    providers: list[ProviderRow] = []
    for code, breach, records, at_risk, refund in workspace.rows(
        "SELECT provider_code, breach, count(*), sum(at_risk_fen), sum(at_risk_fen * refund_per_fen) FROM breach"
        " GROUP BY provider_code, breach"
    ):
        row = ProviderRow(str(code), str(breach), *(int(str(figure)) for figure in (records, at_risk, refund)))
        counts[row.breach] += row.records
        providers.append(row)
    providers.sort(key=lambda row: (-row.refund_due_fen, -row.records, row.provider_code, order[row.breach]))
    return FeeAudit(
        rows=rows,
        audited=workspace.number("SELECT count(*) FROM cdr WHERE cause IS NULL"),
        by_breach=counts,
        at_risk_fen=sum(row.at_risk_fen for row in providers),
        refund_due_fen=sum(row.refund_due_fen for row in providers),
        providers=providers,
        without_withdrawals=without_withdrawals,
        problems=rejected(workspace),
    )
