"""A carrier in a box with a clock to turn: numbers order, time passes, messages pile up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from dialtest.model.act import AnyAct, Query, ReadBill, Send, Withdraw
from dialtest.model.number import Number
from dialtest.model.observation import Answer, AnyObservation, Bill, Message, Sent
from dialtest.model.service import Service
from dialtest.policy.load import load_policy
from dialtest.sandbox.agenda import Agenda
from dialtest.sandbox.carrier import Carrier
from dialtest.sandbox.filings import Filings
from dialtest.sandbox.planted import FaultPlan, Planted

NEWS = Service(
    provider_code="900001",
    provider_name="新浪",
    service_code="XW",
    name="头条新闻",
    service_type="sms",
    billing_type="monthly",
    fee_fen=3000,
    fee_unit="month",
    access_number="106600001",
    order_command="DZXW",
    withdraw_command="TDXW",
    hotline="9510567",
    page_url="http://sp.example/xw",
)
TONES = replace(
    NEWS,
    provider_code="900002",
    provider_name="腾讯公司",
    service_code="TL",
    name="精品图铃",
    service_type="wap",
    fee_fen=500,
    access_number="106600002",
    order_command="DZTL",
    withdraw_command="TDTL",
    page_url="http://qq.example/tl",
)
WEATHER = replace(
    NEWS,
    service_code="TQ",
    name="天气预报",
    billing_type="per_use",
    fee_fen=100,
    fee_unit="use",
    access_number="106600003",
    order_command="TQ",
    withdraw_command="TDTQ",
    page_url="",
)
POLICY = load_policy("monternet-2006")
FUNDED = "13900000001"
OTHER = "13900000002"


def at(text: str) -> datetime:
    """A time in China: `at("2006-07-10 12:00")`."""
    return datetime.fromisoformat(text).replace(tzinfo=POLICY.zone)


class Box:
    """The honest carrier (or one with faults), its clock at `begins`, and what every number heard."""

    def __init__(
        self,
        begins: str = "2006-07-01 00:00",
        *,
        seed: int = 3,
        faults: Sequence[Planted] = (),
        numbers: Sequence[str] = (FUNDED, OTHER),
        services: Sequence[Service] = (NEWS, TONES, WEATHER),
        outages: bool = False,
    ) -> None:
        self.heard: list[tuple[str, Message]] = []
        self.agenda = Agenda(at(begins))
        known = [Number(number, "mzone", control=number.startswith("137")) for number in numbers]
        plan = FaultPlan(faults, seed)
        self.carrier = Carrier(POLICY, Filings(services), known, plan, self.agenda, self._hear, seed)
        for account in self.carrier.accounts.values():
            account.balance_fen = 100_000
        if not outages:
            self.carrier.core.outages.end = lambda when: None  # type: ignore[method-assign]

    def until(self, when: str) -> Box:
        """Turn the clock."""
        self.agenda.advance(at(when))
        return self

    def do(self, act: AnyAct, number: str = FUNDED) -> AnyObservation:
        return self.carrier.perform(number, act)

    def order(self, service: Service = NEWS, when: str = "", number: str = FUNDED) -> Box:
        """Order by SMS, at `when` or now."""
        if when:
            self.until(when)
        assert isinstance(self.do(Send(service.access_number, service.order_command, "order"), number), Sent)
        return self

    def withdraw(self, when: str = "", service: Service = NEWS, channel: str = "hotline") -> AnyObservation:
        """Withdraw, at `when` or now."""
        if when:
            self.until(when)
        if channel == "sms":
            return self.do(Send(service.access_number, service.withdraw_command, "withdraw"))
        return self.do(Withdraw(channel, service.provider_code, service.service_code))

    def charged(self, number: str = FUNDED) -> list[str]:
        """When the number was charged."""
        bill = self.do(ReadBill(), number)
        assert isinstance(bill, Bill)
        return [f"{charge.charged_at:%Y-%m-%d %H:%M}" for charge in bill.charges]

    def query(self, channel: str = "hotline") -> Answer:
        answer = self.do(Query(channel))
        assert isinstance(answer, Answer)
        return answer

    def texts(self, opening: str, number: str = FUNDED) -> list[Message]:
        """The messages that contain `opening`, each once."""
        found = {message.text: message for who, message in self.heard if who == number and opening in message.text}
        return list(found.values())

    def _hear(self, msisdn: str, message: Message) -> None:
        self.heard.append((msisdn, message))
