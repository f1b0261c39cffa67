"""`dialtest audit cdr`: whole charge exports against filings, subscriptions and free periods."""

from __future__ import annotations

import json
from pathlib import Path

import click
from rich.table import Table

from dialtest.audit.fee_audit import FeeAudit, audit_fees, write_fee_findings
from dialtest.audit.rejects import write_rejects
from dialtest.audit.workspace import open_workspace
from dialtest.catalogue.catalogue import load_whole_catalogue
from dialtest.commands.audit_result import (
    BAD_ROWS,
    FINDINGS_FILE,
    input_file,
    memory_option,
    policy_option,
    rejected_figures,
    result_folder,
    tell_rejected,
    watched,
    write_summary,
)
from dialtest.commands.screen import clean, json_option, say, tell
from dialtest.language import _, language
from dialtest.model.charge_breach import CHARGE_BREACHES
from dialtest.policy.load import load_policy
from dialtest.policy.policy import Policy

SHOWN_PROVIDERS = 10


@click.command()
@click.argument("cdr_files", metavar="CDR_FILES...", type=input_file, nargs=-1, required=True)
@click.option("--catalogue", type=input_file, required=True, help="The filings, CSV or XLSX.")
@click.option("--subscriptions", type=input_file, multiple=True, required=True,
              help="Export of subscriptions, withdrawn ones too; may be given several times.")  # fmt: skip
@policy_option
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("audit-cdr"),
              show_default=True, help="Folder for findings.csv, rejects.csv and summary.json.")  # fmt: skip
@click.option("--fail-on", type=click.Choice(("breach", *(breach.key for breach in CHARGE_BREACHES))),
              help="Exit with 1 when a record has any breach, or this one.")  # fmt: skip
@memory_option
@json_option
def cdr(
    cdr_files: tuple[Path, ...],
    catalogue: Path,
    subscriptions: tuple[Path, ...],
    policy: str,
    out: Path,
    fail_on: str | None,
    memory: str,
    as_json: bool,
) -> None:
    """Audit the fees of whole charge exports, national and local: eight breaches, each record counted once.

    CSV, Parquet or XLSX; docs/audit.md lists the columns and their Chinese headers. Exit code 2 when rows had to be
    left out.

    \b
    Example:  dialtest audit cdr national.parquet local.csv --catalogue catalogue.csv --subscriptions boss.csv
    """
    market = load_policy(policy)
    services = load_whole_catalogue(catalogue, currency=market.currency)
    folder = result_folder(out, (*cdr_files, *subscriptions, catalogue))
    with watched() as on_progress, open_workspace(memory, on_progress) as workspace:
        found = audit_fees(workspace, market, services, cdr_files, subscriptions)
        rejects = write_rejects(workspace, folder)
        write_fee_findings(workspace, folder / FINDINGS_FILE)
    figures = _figures(found) | rejected_figures(found.problems, rejects)
    write_summary(folder, figures)
    tell_rejected(found.problems, rejects)
    if as_json:
        click.echo(json.dumps(figures, ensure_ascii=False))
    else:
        _print(found, market, folder)
    failed = sum(found.by_breach.values()) if fail_on == "breach" else found.by_breach.get(fail_on or "", 0)
    raise SystemExit(BAD_ROWS if found.problems else int(failed > 0))


def _figures(found: FeeAudit) -> dict[str, object]:
    return {
        "rows": found.rows,
        "by_breach": dict(found.by_breach),
        "fee_fen_at_risk": found.at_risk_fen,
        "refund_fen_due": found.refund_due_fen,
        "by_provider": [
            {
                "provider_code": row.provider_code,
                "breach": row.breach,
                "records": row.records,
                "fee_fen_at_risk": row.at_risk_fen,
                "refund_fen_due": row.refund_due_fen,
            }
            for row in found.providers
        ],
        "without_withdrawals": list(found.without_withdrawals),
    }


def _print(found: FeeAudit, market: Policy, folder: Path) -> None:
    table = Table(_("breach"), _("clauses"), _("records"), _("fees at risk"))
    at_risk = {key: sum(row.at_risk_fen for row in found.providers if row.breach == key) for key in found.by_breach}
    for breach in CHARGE_BREACHES:
        words = breach.title[language()], " ".join(breach.clauses)
        table.add_row(*words, f"{found.by_breach[breach.key]:,}", market.fee(at_risk[breach.key]))
    say(table)
    _print_providers(found, market)
    tell(
        _("{rows} records audited, {count} counted: {at_risk} at risk, {refund} to be refunded.").format(
            rows=f"{found.audited:,}",
            count=f"{sum(found.by_breach.values()):,}",
            at_risk=market.fee(found.at_risk_fen),
            refund=market.fee(found.refund_due_fen),
        )
    )
    for name in found.without_withdrawals:
        told = _("{file} has no column 退订时间 (withdrawn_at): charges after a withdrawal could not be found.")
        tell(clean(told.format(file=name)))
    tell(_("Findings: {path}").format(path=folder / FINDINGS_FILE))


def _print_providers(found: FeeAudit, market: Policy) -> None:
    """The providers that owe the most."""
    owed: dict[str, list[int]] = {}
    for row in found.providers:
        sums = owed.setdefault(row.provider_code, [0, 0])
        sums[0] += row.records
        sums[1] += row.refund_due_fen
    if not owed:
        return
    table = Table(_("provider"), _("records"), _("refund due"))
    for code, (records, refund) in sorted(owed.items(), key=lambda item: (-item[1][1], item[0]))[:SHOWN_PROVIDERS]:
        table.add_row(clean(code), f"{records:,}", market.fee(refund))
    say(table)
