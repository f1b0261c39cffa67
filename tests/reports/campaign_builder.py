"""Builds a small judged campaign by hand: cases, verdicts and findings, exactly as a test wants them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

import msgspec
from sqlalchemy import insert

from dialtest.clock import Week
from dialtest.evidence import schema
from dialtest.evidence.journal import Journal
from dialtest.evidence.record import Closed, Intent, Opened, Origin, Outcome, Record, Seen
from dialtest.evidence.seal import seal
from dialtest.evidence.store import open_journal
from dialtest.model.act import ReadBill, Send
from dialtest.model.finding import Finding, Verdict
from dialtest.model.number import Number, Team
from dialtest.model.observation import Bill, Charge, Message, Sent, Trouble
from dialtest.model.service import Service
from dialtest.policy.load import load_policy
from dialtest.policy.wording import first_reminder
from dialtest.rules.charge_over_tariff import CHARGE_OVER_TARIFF
from dialtest.rules.rule import Rule
from reports.source import Source

POLICY = load_policy("monternet-2006")
WEEK = Week.parse("2006-W31")

OVER_TARIFF = CHARGE_OVER_TARIFF
FREE_WORDS = replace(
    CHARGE_OVER_TARIFF,
    name="page-says-free",
    version=3,
    title={"zh": "页面宣称免费", "en": "The page says free"},
    message={"zh": "页面写明“{said}”,备案资费为{filed}。", "en": "The page says “{said}”; filed is {filed}."},
    breach="misleading_ads",
    severity="major",
    clauses=("D4",),
)
LATE_REMINDER = replace(
    CHARGE_OVER_TARIFF,
    name="first-reminder-late",
    title={"zh": "首次提醒迟到", "en": "First reminder late"},
    message={"zh": "提醒在{minutes}分钟后发出。", "en": "The reminder was sent after {minutes} minutes."},
    breach="forced_subscription",
    severity="minor",
    clauses=("T2", "Q4"),
)
RULES: tuple[Rule, ...] = (OVER_TARIFF, FREE_WORDS, LATE_REMINDER)


def service(code: str = "XW", provider: str = "900001", provider_name: str = "新浪", **changes: object) -> Service:
    """A monthly SMS service at 30 yuan."""
    made = Service(
        provider,
        provider_name,
        code,
        "头条新闻",
        "sms",
        "monthly",
        3000,
        "month",
        "106600001",
        "DZXW",
        "TDXW",
        "9510567",
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def at(day: str, hour: int = 10) -> datetime:
    """`at("08-02")`: that day of 2006 at an hour, in the policy's zone."""
    return datetime.fromisoformat(f"2006-{day}").replace(hour=hour, tzinfo=POLICY.zone)


class CampaignBuilder:
    """Every method adds something and gives the builder back; `source` closes the journal's books."""

    def __init__(self, *services: Service, name: str = "责任梦网拨测", url: str = "sqlite://") -> None:
        self.journal: Journal = open_journal(url)
        self.journal.keep_document("policy", POLICY.name, POLICY.text)
        self.services = {one.key: one for one in services or (service(),)}
        self.name = name
        self._count = 0

    def case(
        self,
        of: Service | None = None,
        *,
        name: str = "",
        begun: datetime | None = None,
        ended: datetime | None = None,
        team: Team = "data_centre",
        scenario: str = "keep-through-first-bill",
        origin: Origin = "dialled",
        charged_fen: int = 0,
        says: str = "",
        reason: str = "",
        doubt: bool = False,
        open_: bool = False,
        verdicts: Mapping[str, Verdict] | None = None,
    ) -> CampaignBuilder:
        """One case: opened, ordered, reminded, billed, closed; records 0 to 5."""
        of = of or next(iter(self.services.values()))
        self._count += 1
        name = name or f"case-{self._count:04d}"
        begun = begun or at("07-25")
        ended = ended or begun + timedelta(days=8)
        number = Number(f"1390000{self._count:04d}", "mzone", team=team)
        opened = Opened(name, 0, 0, begun, of, number, scenario, 1, "", POLICY.digest, 1, (), origin)
        order = Send(of.access_number, of.order_command, "order")
        took = Trouble(begun, "timeout", "no answer") if doubt else Sent(begun)
        text = says or first_reminder(POLICY, of, begun)
        records: list[Record] = [
            opened,
            Intent(name, 1, 1, begun, order),
            Outcome(name, 2, 1, begun, order, took),
            Seen(name, 3, 1, begun, Message(begun + timedelta(minutes=1), begun, "10086", text), 1),
        ]
        if not open_:
            charge = Charge(ended, of.provider_code, of.service_code, of.provider_name, of.name, charged_fen, "monthly")
            bill = Bill(ended, (charge,) if charged_fen else ())
            records.append(Outcome(name, 4, 2, ended, ReadBill(), bill))
            records.append(Closed(name, 5, 2, ended, "inconclusive" if reason else "completed", reason))
        chain = self.journal.begin(name)
        for record in records:
            self.journal.append(chain, record)
        self.journal.commit()
        if verdicts is not None:
            self._keep(schema.judgements, case=name, judged_until=ended.isoformat(), verdicts=verdicts)
        return self

    def finding(
        self,
        rule: Rule = OVER_TARIFF,
        of: Service | None = None,
        *,
        case: str = "",
        due: datetime | None = None,
        records: tuple[int, ...] = (4,),
        **facts: str,
    ) -> CampaignBuilder:
        """A finding of the last case, or of the case named."""
        of = of or next(iter(self.services.values()))
        facts = facts or {"charged": "45元", "filed": "30元"}
        made = Finding(
            of.provider_code, of.service_code, rule.name, rule.version, case or f"case-{self._count:04d}",
            rule.severity, rule.breach, due or at("08-02"), facts, records,
        )  # fmt: skip
        self._keep(schema.findings, **{name: getattr(made, name) for name in Finding.__slots__})
        return self

    def found(self, rule: Rule = OVER_TARIFF, of: Service | None = None, **case: object) -> CampaignBuilder:
        """A case ended within the week with a finding on it."""
        ended = case.pop("ended", at("08-02"))
        self.case(of, ended=ended, charged_fen=4500, verdicts={rule.name: "finding"}, **case)  # type: ignore[arg-type]
        return self.finding(rule, of, due=ended)  # type: ignore[arg-type]

    def source(self, rules: tuple[Rule, ...] = RULES) -> Source:
        """Seal the journal and hand everything over."""
        seal(self.journal, at("12-31"))
        return Source(self.name, POLICY, self.services, {rule.name: rule for rule in rules}, self.journal, 2006)

    def _keep(self, table: object, **row: object) -> None:
        kept = {name: value.isoformat() if isinstance(value, datetime) else _text(value) for name, value in row.items()}
        with self.journal.writing() as connection:
            connection.execute(insert(table), [kept])  # type: ignore[arg-type]


def _text(value: object) -> object:
    return value if isinstance(value, str | int) else msgspec.json.encode(value).decode()
