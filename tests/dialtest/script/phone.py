"""A handset played by hand: answers a script's acts as a quiet, willing network would, or as a test says."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from dialtest.model.act import (
    Act,
    AnyAct,
    Call,
    Complain,
    Listen,
    OpenPage,
    Press,
    Query,
    ReadBill,
    ReadCalls,
    Send,
    Withdraw,
)
from dialtest.model.number import Number
from dialtest.model.observation import (
    Answer,
    AnyObservation,
    Bill,
    Called,
    CallLog,
    Complained,
    Failure,
    Heard,
    Message,
    Page,
    Sent,
    Trouble,
)
from dialtest.model.observation import Withdrawn as WithdrawnSeen
from dialtest.model.service import Service
from dialtest.policy.load import load_policy
from dialtest.policy.policy import Policy
from dialtest.script import Scenario, any_service, scenario
from dialtest.script.case import Case
from dialtest.script.dial import Dial
from dialtest.script.scenario import Body
from tests.dialtest.sandbox.box import NEWS

CHINA = load_policy("monternet-2006")
BRITAIN = load_policy("uk-premium-2019")
ORDER_PAGE = '<form action="/ask"><button name="order">订购</button></form>'
CONFIRM_PAGE = '<form action="/yes"><button name="confirm">确认</button></form>'
DONE_PAGE = "<p>谢谢</p>"

Reply = Callable[[datetime], AnyObservation]


def trouble(failure: Failure, detail: str = "") -> Reply:
    """What a failed act brings."""
    return lambda now: Trouble(now, failure, detail)


def page(content: str) -> Reply:
    """What opening a page or pressing its button brings."""
    return lambda now: Page(now, "http://sp.example/", 200, content)


@dataclass
class Phone:
    """One case on a handset. `replies` are given, kind of act by kind, before the usual ones; `texts` arrive in the
    first listening. Every act but listening takes a second.
    """

    body: Body | Scenario
    service: Service = NEWS
    policy: Policy = CHINA
    begins: str = "2006-07-10 12:00"
    replies: Mapping[type[Act], Iterable[Reply]] = field(default_factory=dict)
    texts: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        body = self.body
        made = body if isinstance(body, Scenario) else scenario("by-hand", fits=any_service, clauses=("T1",))(body)
        self.now = datetime.fromisoformat(self.begins).replace(tzinfo=self.policy.zone)
        self.dial = Dial(self.service, Number("13900000001", "gotone"), self.policy, self.now)
        self.case = Case(made, self.dial)
        self.acts: list[AnyAct] = []
        self._replies = {kind: iter(replies) for kind, replies in self.replies.items()}

    @property
    def reason(self) -> str:
        return self.case.reason

    @property
    def sent(self) -> list[tuple[str, str, str]]:
        """Port, text and purpose of every message sent."""
        return [(act.to, act.text, act.purpose) for act in self.acts if isinstance(act, Send)]

    def played(self) -> Phone:
        """This phone after its script has ended."""
        act = self.case.start()
        while act is not None:
            self.acts.append(act)
            act = self.case.advance(self._reply(act))
        return self

    def _reply(self, act: AnyAct) -> AnyObservation:
        if isinstance(act, Listen):
            self.now = act.until
            self._hear()
        else:
            self.now = self.policy.after(self.now, timedelta(seconds=1))
        reply = next(self._replies.get(type(act), iter(())), None)
        return reply(self.now) if reply else _usual(act, self.now)

    def _hear(self) -> None:
        for text in self.texts:
            self.case.hear(Message(self.now, self.now, "10086", text))
        self.texts = ()


def _usual(act: AnyAct, now: datetime) -> AnyObservation:
    match act:
        case Send():
            return Sent(now)
        case OpenPage():
            return Page(now, act.url, 200, ORDER_PAGE)
        case Press():
            return Page(now, act.url, 200, CONFIRM_PAGE if act.purpose == "ask" else DONE_PAGE)
        case Withdraw():
            return WithdrawnSeen(now, True)
        case Complain():
            return Complained(now, "T1")
        case Query():
            return Answer(now, act.channel, ())
        case ReadBill():
            return Bill(now, ())
        case Call() | ReadCalls():
            return Called(now, now, now, act.keys, ()) if isinstance(act, Call) else CallLog(now, ())
        case Listen():
            return Heard(now)
