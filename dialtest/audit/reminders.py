"""The audit of reminders (T6, T8, T9): every existing subscription once, in its own batch, on its days, by 10086.

What is due to whom and what was sent is compared in reminders.sql; the words come from the policy's own templates.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from dialtest.audit.intake import Intake
from dialtest.audit.rejects import cell, rejected
from dialtest.audit.reminders_columns import REMINDED_LAYOUT, SENT_LAYOUT
from dialtest.audit.workspace import Workspace, statement
from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.model.service import FeeUnit, Service, ServiceType
from dialtest.policy.batches import GROUPS, Batches
from dialtest.policy.policy import Policy
from dialtest.policy.terms import Batch, ReminderTerms
from dialtest.policy.wording import fill
from dialtest.problem import SHOWN, Problems

BREACHES = (
    "missing", "twice", "outside_window", "wrong_batch", "wrong_port", "wrong_tariff", "incomplete", "not_held",
)  # fmt: skip
"""As the rules of dials name them; wrong_batch is what only the carrier's own log can show."""

TOGETHER_S = 300  # (ours) parts of one text leave the service centre within this of each other

_TABLES = """
CREATE TABLE terms (begins TIMESTAMP, recent_since TIMESTAMP, sensitive_above INTEGER, opening VARCHAR,
    closing VARCHAR, before_first VARCHAR, before_next VARCHAR, between_items VARCHAR, item_mark VARCHAR,
    part_characters INTEGER, together_s INTEGER);
CREATE TABLE port (sender VARCHAR);
CREATE TABLE batch_kind (brand VARCHAR, service_group VARCHAR, age VARCHAR, batch INTEGER, opens TIMESTAMP,
    closes TIMESTAMP);
CREATE TABLE spoken (provider_code VARCHAR, service_code VARCHAR, provider_name VARCHAR, service_name VARCHAR,
    service_type VARCHAR, fee_fen BIGINT, fee_unit VARCHAR, naming VARCHAR, item VARCHAR, service_group VARCHAR);
CREATE TABLE breach (breach VARCHAR, msisdn VARCHAR, provider_code VARCHAR, service_code VARCHAR, batch INTEGER,
    opens TIMESTAMP, closes TIMESTAMP, sent_at TIMESTAMP, found VARCHAR);
CREATE TABLE batch_count (batch INTEGER, due BIGINT, reminded BIGINT)
"""
_UNTESTED = """
CREATE TABLE untested AS
SELECT msisdn FROM subscription WHERE cause IS NOT NULL AND msisdn IS NOT NULL
UNION SELECT msisdn FROM sent WHERE cause IS NOT NULL AND msisdn IS NOT NULL
"""
_SHARE = """
CREATE OR REPLACE VIEW subscription_share AS SELECT * FROM subscription
WHERE hash(msisdn) % {shares} = {share} AND msisdn NOT IN (SELECT msisdn FROM untested);
CREATE OR REPLACE VIEW sent_share AS SELECT * FROM sent
WHERE hash(msisdn) % {shares} = {share} AND msisdn NOT IN (SELECT msisdn FROM untested);
"""
MESSAGES_AT_ONCE = 500_000


@dataclass(frozen=True, slots=True)
class BatchRow:
    """One batch: how many subscriptions were due in it, and for how many of them a reminder was sent."""

    number: int
    due: int
    reminded: int


@dataclass(frozen=True, slots=True)
class Shown:
    """One breach as people are shown it."""

    breach: str
    msisdn: str
    provider_code: str
    service_code: str
    batch: int
    found: str


@dataclass(frozen=True, slots=True)
class RemindersAudit:
    """What the audit gave. rows, messages: the lines of the two files, rejected ones too; by_breach has every key.

    untested: numbers that were left out, since rows of theirs could not be read: nobody is accused for these.
    """

    rows: int
    messages: int
    untested: int
    due: int
    texts: int
    by_breach: Mapping[str, int]
    batches: Sequence[BatchRow]
    first: Sequence[Shown]
    problems: Problems


def audit_reminders(workspace: Workspace, policy: Policy, subscriptions: Path, send_log: Path) -> RemindersAudit:
    """Audit a log of the batches; afterwards the workspace's table `breach` holds every breach.

    Raises DialtestError where the market has no batches, and DialtestError or BadInput for a file that is no such
    export; bad rows are in `problems`, the rest is audited.
    """
    batches, reminder = policy.batches, policy.terms(policy.midnight(policy.starts)).second_reminder
    if batches is None or reminder is None:
        raise DialtestError(
            _("The policy {policy} has no batches of existing subscriptions.").format(policy=policy.name),
            _("Take monternet-2006, or add [terms.existing] to the policy."),
        )
    held = Intake(workspace, policy, "subscription", REMINDED_LAYOUT)
    held.take([subscriptions])
    sent = Intake(workspace, policy, "sent", SENT_LAYOUT)
    sent.take([send_log])
    workspace.run("", _TABLES)
    workspace.run("", _UNTESTED)
    _fill_terms(workspace, batches, reminder)
    _fill_words(workspace, policy, reminder)
    return _told(workspace, held.total, sent.total, _judge(workspace, sent.total))


def _judge(workspace: Workspace, messages: int) -> int:
    """Judge a share of the numbers after the other; how many texts there were."""
    shares, texts = messages // MESSAGES_AT_ONCE + 1, 0
    for share in range(shares):
        sql = _SHARE.format(shares=shares, share=share) + statement("reminders.sql")
        workspace.run(_("Judging reminders, {share} of {shares}").format(share=share + 1, shares=shares), sql)
        texts += workspace.number("SELECT count(*) FROM told")
    return texts


def write_reminder_findings(workspace: Workspace, path: Path) -> None:
    """Every breach as a row of a CSV, by number."""
    workspace.write(
        "SELECT breach, msisdn, provider_code, service_code, batch, opens, closes, sent_at,"
        f" {cell('found')} AS found FROM breach ORDER BY msisdn, provider_code, service_code, breach",
        path,
    )


def _fill_terms(workspace: Workspace, batches: Batches, reminder: ReminderTerms) -> None:
    """The words of the text, taken apart: what stands before a name, between items, behind the last."""
    first, following = (item.partition("{provider}")[0] for item in (reminder.first_item, reminder.item))
    tail = reminder.item.partition("{type}")[2].partition("{tariff}")[0]
    workspace.fill(
        "terms",
        [(
            _clock(batches.begins), _clock(batches.recent_since), batches.terms.sensitive_above, reminder.opening,
            "。" + reminder.text + batches.terms.extra_text, reminder.opening + first.replace("{number}", "1"),
            following.replace("{number}", ""), ";", tail, reminder.part_characters, TOGETHER_S,
        )],
    )  # fmt: skip
    workspace.fill("port", [(sender,) for sender in reminder.senders])
    kinds: list[tuple[str, str, str, Batch]] = [(*kind, batch) for kind, batch in batches.by_kind.items()]
    kinds.append(("", "", "sensitive", batches.sensitive))
    workspace.fill(
        "batch_kind",
        [(brand, group, age, batch.number, *map(_clock, batches.window(batch))) for brand, group, age, batch in kinds],
    )


def _fill_words(workspace: Workspace, policy: Policy, reminder: ReminderTerms) -> None:
    """What the reminder says of each different service in the file."""
    names = "provider_code, service_code, provider_name, service_name, service_type, fee_fen, fee_unit"
    services = workspace.rows(f"SELECT DISTINCT {names} FROM subscription WHERE cause IS NULL")
    workspace.fill("spoken", list(_spoken(services, policy, reminder)))


def _spoken(rows: Sequence[Sequence[object]], policy: Policy, reminder: ReminderTerms) -> Iterator[tuple[object, ...]]:
    words = "{provider}" + reminder.item.partition("{provider}")[2]
    kinds: Mapping[str, ServiceType] = {kind: kind for kind in get_args(ServiceType)}
    units: Mapping[str, FeeUnit] = {unit: unit for unit in get_args(FeeUnit)}
    for row in rows:
        provider_code, service_code, provider, name, kind, fee, unit = map(str, row)
        service = Service(
            provider_code=provider_code, provider_name=provider, service_code=service_code, name=name,
            service_type=kinds[kind], billing_type="monthly", fee_fen=int(fee), fee_unit=units[unit], access_number="",
            order_command="", withdraw_command="", hotline="",
        )  # fmt: skip
        naming = fill(words.partition("{tariff}")[0], policy, service)
        yield (*row, naming, fill(words, policy, service), GROUPS.get(service.service_type, "other"))


def _told(workspace: Workspace, rows: int, messages: int, texts: int) -> RemindersAudit:
    counts = dict.fromkeys(BREACHES, 0)
    for breach, count in workspace.rows("SELECT breach, count(*) FROM breach GROUP BY breach"):
        counts[str(breach)] = int(str(count))
    by_batch = "SELECT batch, sum(due), sum(reminded) FROM batch_count GROUP BY batch ORDER BY batch"
    first = (
        "SELECT breach, msisdn, provider_code, service_code, batch, found FROM breach"
        f" ORDER BY msisdn, provider_code, service_code, breach LIMIT {SHOWN}"
    )
    return RemindersAudit(
        rows=rows,
        messages=messages,
        untested=workspace.number("SELECT count(*) FROM untested"),
        due=workspace.number("SELECT sum(due) FROM batch_count"),
        texts=texts,
        by_breach=counts,
        batches=[BatchRow(*(int(str(figure)) for figure in row)) for row in workspace.rows(by_batch)],
        first=[
            Shown(str(breach), str(msisdn), str(provider), str(service), int(str(batch)), str(found))
            for breach, msisdn, provider, service, batch, found in workspace.rows(first)
        ],
        problems=rejected(workspace),
    )


def _clock(when: object) -> str:
    """A time as the files have it: the market's own."""
    return str(when)[:19]
