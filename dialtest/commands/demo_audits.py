"""The whole-file audits of a demo: what the embedded carrier's systems hold at its end, exported and audited."""

from __future__ import annotations

from dataclasses import dataclass

from dialtest.audit.fee_audit import FeeAudit, audit_fees, write_fee_findings
from dialtest.audit.reconciliation import Reconciliation, reconcile, write_mismatches
from dialtest.audit.refund_settlement import SettlementAudit, audit_refunds
from dialtest.audit.workspace import open_workspace
from dialtest.campaign.ledgers import take_ledgers
from dialtest.campaign.refund_files import details_in, write_files
from dialtest.folder.campaign import Campaign
from dialtest.sandbox.settlement import settle

LEDGERS, REFUNDS = "ledgers", "refunds"


@dataclass(frozen=True, slots=True)
class Audited:
    """The three audits' results; `refunds` None where nothing was refunded."""

    subscriptions: Reconciliation
    fees: FeeAudit
    refunds: SettlementAudit | None

    def as_json(self) -> dict[str, object]:
        """Their figures by name."""
        steps = {
            name: getattr(self.subscriptions, name) for name in ("only_boss", "only_misc", "differ", "out_of_step")
        }
        return {
            "rows_boss": self.subscriptions.rows_boss,
            **steps,
            "charge_records": self.fees.rows,
            "by_breach": dict(self.fees.by_breach),
            "settlement_breaches": len(self.refunds.breaches) if self.refunds else 0,
        }


def audit_demo(campaign: Campaign) -> Audited:
    """Export BOSS, MISC and charge records of the last day into ledgers/, settle refunds into refunds/; audit all."""
    folder, policy = campaign.folder, campaign.policy
    exports = folder / LEDGERS
    take_ledgers(campaign, policy.midnight(campaign.ends), exports)
    with open_workspace() as workspace:
        steps = reconcile(workspace, policy, exports / "boss.csv", exports / "misc.csv")
        write_mismatches(workspace, exports / "audit-subscriptions.csv")
    with open_workspace() as workspace:
        fees = audit_fees(workspace, policy, campaign.services, [exports / "cdr.csv"], [exports / "boss.csv"])
        write_fee_findings(workspace, exports / "audit-cdr.csv")
    details = details_in(folder)
    written = write_files(settle(details), folder / REFUNDS) if details else []
    return Audited(steps, fees, audit_refunds([one.path for one in written]) if written else None)
