"""One table of breaches: what rules say of a number's history as dialled, the fee audit says of its charge records."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Literal

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dialtest.audit.fee_audit import audit_fees
from dialtest.audit.workspace import open_workspace
from dialtest.model.charge_breach import CHARGE_BREACHES
from dialtest.model.number import Number
from dialtest.model.service import Service
from dialtest.policy.load import load_policy
from dialtest.rules.case_evidence import CaseEvidence
from dialtest.rules.example import PER_USE, SERVICE, Story
from dialtest.rules.judge import fitting
from dialtest.rules.registry import ALL_RULES
from dialtest.rules.rule import Breach, Rule
from dialtest.rules.traits import traits_of
from tests.dialtest.audit.exports import Row, cdr, held, write_cdrs, write_subscriptions

POLICY = load_policy("monternet-2006")
BEGINS = datetime(2006, 7, 1, tzinfo=POLICY.zone)
RULES = {rule.name: rule for rule in ALL_RULES}
FILED = {"monthly": SERVICE, "per_use": replace(PER_USE, service_code="DB", order_command="DBXW2")}
SLACK = timedelta(minutes=15)
"""Events stand this far apart: clocks that differ by minutes are the rules' business, not the files'."""

Act = Literal["order", "withdraw", "use", "monthly", "dear", "per_use"]
Event = tuple[datetime, Act]


@dataclass
class History:
    """What one number did and was charged: as a dial's evidence, and as rows of exports."""

    story: Story
    monthly: bool
    holds: bool = False
    uses: list[datetime] = field(default_factory=list)
    charges: list[Row] = field(default_factory=list)
    subscriptions: list[dict[str, object]] = field(default_factory=list)
    records: list[int] = field(default_factory=list)

    def act(self, at: datetime, what: Act) -> None:
        """One event. A customer who holds a subscription cannot order it, one who has none cannot withdraw."""
        self.story.now = at
        if what == "order" and self.monthly and not self.holds:
            self.story.ordered()
            self.subscriptions.append(dict(held(stamp(at), **self.key())))
            self.holds = True
        elif what == "withdraw" and self.holds:
            self.story.withdrew("hotline")
            self.subscriptions[-1] |= {"withdrawn_at": stamp(at), "status": "withdrawn"}
            self.holds = False
        elif what == "use" and not self.monthly:
            self.story.used()
            self.uses.append(at)
        elif what in ("monthly", "dear", "per_use"):
            self.charge(at, what)

    def charge(self, at: datetime, what: Act) -> None:
        """A charge; one per use is for the oldest use that none was taken for."""
        service, kind = self.story.service, "per_use" if what == "per_use" else "monthly"
        fee_fen = service.fee_fen + (100 if what == "dear" else 0)
        proof = kind == "per_use" and not self.monthly and bool(self.uses)
        if proof:
            self.uses.pop(0)
        self.story.charged(fee_fen, kind)  # type: ignore[arg-type]
        number = f"{self.story.number.msisdn}-{len(self.charges):03d}"
        more = {"fee_fen": fee_fen, "kind": kind, "proof_id": "M" if proof else ""}
        self.charges.append(cdr(number, stamp(at), **self.key(), **more))

    def key(self) -> dict[str, object]:
        service = self.story.service
        return {
            "msisdn": self.story.number.msisdn,
            "provider_code": service.provider_code,
            "service_code": service.service_code,
        }


def stamp(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"


EDGES = (timedelta(), timedelta(hours=12), timedelta(hours=23, minutes=59, seconds=59))
moments = st.builds(
    lambda day, edge: BEGINS + timedelta(days=day) + edge,
    st.one_of(st.integers(0, 180), st.sampled_from([0, 19, 20, 30, 31, 50, 51, 61, 62, 92, 123])),
    st.sampled_from(EDGES),
)
first_days = st.sampled_from(
    [datetime(2006, month, 1, hour, tzinfo=POLICY.zone) for month in (8, 9, 10, 11) for hour in (0, 0, 1)]
)
orders = st.tuples(st.integers(0, 40).map(lambda day: BEGINS + timedelta(days=day, hours=1)), st.just("order"))
events = st.one_of(
    orders,
    st.tuples(moments, st.sampled_from(["order", "withdraw", "use", "per_use", "monthly", "dear"])),
    st.tuples(first_days, st.sampled_from(["monthly", "monthly", "monthly", "dear"])),
)
histories = st.lists(
    st.tuples(st.booleans(), st.lists(events, max_size=9, unique_by=lambda event: event[0])), min_size=1, max_size=25
)


def told(number: int, monthly: bool, happened: Sequence[Event]) -> History:
    """One history, oldest event first."""
    service = FILED["monthly" if monthly else "per_use"]
    history = History(Story(service, POLICY, BEGINS, Number(f"1390000{number:04d}", "mzone")), monthly)
    for at, what in sorted(happened):
        history.act(max(at, history.story.now + SLACK) if history.story.now > BEGINS else at, what)
    return history


def by_rules(history: History) -> dict[str, str]:
    """Charge → breach by the rules: the first of the table of which a rule finds the charge."""
    evidence = history.story.later(days=1).evidence()
    found = [
        (breach, {seq for name in breach.rules for seq in charges_found(RULES[name], evidence)})
        for breach in CHARGE_BREACHES
    ]
    counted: dict[str, str] = {}
    for charge, bill in zip(history.charges, evidence.bills, strict=True):
        for breach, seqs in found:
            if bill.seq in seqs and charge["kind"] in breach.kinds:
                counted.setdefault(str(charge["cdr_id"]), breach.key)
    return counted


def charges_found(rule: Rule, evidence: CaseEvidence) -> Iterator[int]:
    """The bills, by sequence number, that first show a charge the rule finds: its deciding record is the last."""
    for fit, hindrance in fitting((rule,), traits_of(evidence)):
        if not hindrance and (fit.applies is None or fit.applies(evidence)):
            yield from (outcome.records[-1] for outcome in fit.check(evidence) if isinstance(outcome, Breach))


def by_sql(histories: Sequence[History]) -> dict[str, str]:
    """The same by the fee audit of all of them at once."""
    services: dict[str, Service] = {service.key: service for service in FILED.values()}
    with tempfile.TemporaryDirectory() as name, open_workspace("500MB", threads=1) as workspace:
        folder = Path(name)
        cdrs = write_cdrs(folder, *(row for history in histories for row in history.charges))
        subscriptions = write_subscriptions(folder, *(row for history in histories for row in history.subscriptions))
        audit_fees(workspace, POLICY, services, [cdrs], [subscriptions])
        return {str(cdr_id): str(breach) for cdr_id, breach in workspace.rows("SELECT cdr_id, breach FROM breach")}


@settings(max_examples=10, suppress_health_check=[HealthCheck.too_slow])
@given(histories)
def test_rules_and_sql_agree_on_random_histories(drawn: list[tuple[bool, list[Event]]]) -> None:
    told_histories = [told(number, monthly, happened) for number, (monthly, happened) in enumerate(drawn)]
    expected = {number: breach for history in told_histories for number, breach in by_rules(history).items()}
    assert by_sql(told_histories) == expected
