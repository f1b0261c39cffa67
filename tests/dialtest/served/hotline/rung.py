"""A hotline without sockets whose clock moves only when told, and callers who ring it with our own codec."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

from dialtest.policy.load import load_policy
from dialtest.served.hotline.exchange import Exchange
from dialtest.served.hotline.floor import BrandFloor
from dialtest.served.hotline.setup import HotlineSetup, ScaledClock, terms_of
from dialtest.wire.sip.client_transaction import ack_of, cancel_of
from dialtest.wire.sip.dialog import Dialog, hop_line
from dialtest.wire.sip.dtmf import DTMF_RELAY, write_key
from dialtest.wire.sip.message import Headers, Message, Request, Response, answer, write
from dialtest.wire.sip.reading import read

HERE = ("127.0.0.1", 5086)
THERE = ("127.0.0.1", 5061)
POLICY = load_policy("monternet-2006")
TEN = datetime(2006, 9, 5, 2, tzinfo=UTC)


def setup_of(starts: datetime = TEN, **options: object) -> HotlineSetup:
    begins = POLICY.local(starts)
    agents = {"mzone": 1, "easyown": 1, "gotone": 1}
    terms = terms_of(POLICY, begins)
    made = {"terms": terms, "starts": begins, "midnight": POLICY.midnight(begins.date()), "agents": agents, **options}
    return HotlineSetup(**made)  # type: ignore[arg-type]


class Rung:
    """A hotline one rings; `now_s` is the machine's clock. sent: what it sent, as messages."""

    def __init__(self, setup: HotlineSetup | None = None) -> None:
        self.setup = setup or setup_of()
        self.now_s = 1000.0
        self.sent: list[Message] = []
        self.datagrams: list[tuple[bytes, tuple[str, int]]] = []
        begun_s = (self.setup.starts - self.setup.midnight) / timedelta(seconds=1)
        clock = ScaledClock(self.setup.midnight, begun_s, self.now_s, self.setup.speed)
        self.exchange = Exchange(self.setup, clock, HERE, b"0123456789abcdef", self._send)

    def _send(self, datagram: bytes, to: tuple[str, int]) -> None:
        self.datagrams.append((datagram, to))
        self.sent.append(read(datagram))

    def take(self, datagram: bytes, source: tuple[str, int] = THERE) -> list[Message]:
        """A datagram comes; what the hotline sends at that."""
        begin = len(self.sent)
        self.exchange.receive(datagram, source, self.now_s)
        return self.sent[begin:]

    def wait(self, seconds: float, step_s: float = 0.1) -> list[Message]:
        """Time passes; what the hotline sends meanwhile."""
        begin, ends_s = len(self.sent), self.now_s + seconds
        while self.now_s < ends_s - 1e-9:
            self.now_s = min(self.now_s + step_s, ends_s)
            self.exchange.tick(self.now_s)
        return self.sent[begin:]

    def ring(
        self, number: int = 1, uri: str = "sip:10086@127.0.0.1:5086;brand=mzone", *lines: tuple[str, str]
    ) -> Ringing:
        """Somebody calls."""
        return Ringing(self, number, uri, lines)

    def floor(self, brand: str = "mzone") -> BrandFloor:
        return self.exchange.calls.floors[brand]


class Ringing:
    """One caller. heard: the answers to its INVITE so far."""

    def __init__(self, rung: Rung, number: int, uri: str, lines: Sequence[tuple[str, str]]) -> None:
        self.rung = rung
        self.number = number
        me = f"sip:+861380000{number:04d}@127.0.0.1:5061"
        headers = Headers.of(
            ("Via", hop_line(*THERE, f"z9hG4bK-{number}-1").removesuffix(";rport")),
            *lines,
            ("Max-Forwards", "70"),
            ("From", f"<{me}>;tag=c{number}"),
            ("To", "<sip:10086@127.0.0.1>"),
            ("Call-ID", f"call-{number}@127.0.0.1"),
            ("CSeq", "1 INVITE"),
            ("Contact", f"<{me}>"),
        )
        self.invite = Request("INVITE", uri, headers)
        self.datagram = write(self.invite)
        self._begin = len(rung.sent)
        self._dialog: Dialog | None = None
        rung.take(self.datagram)

    @property
    def heard(self) -> list[Response]:
        """The answers to its INVITE so far."""
        mine = (message for message in self.rung.sent[self._begin :] if isinstance(message, Response))
        return [one for one in mine if one.call_id == self.invite.call_id and one.cseq[1] == "INVITE"]

    @property
    def statuses(self) -> list[int]:
        return [response.status for response in self.heard]

    @property
    def dialog(self) -> Dialog:
        if self._dialog is None:
            tagged = next(one for one in self.heard if one.receiver.tag)
            self._dialog = Dialog.of_caller(self.invite, tagged)
        return self._dialog

    def say(self, method: str, *headers: tuple[str, str], body: bytes = b"", cseq: int | None = None) -> list[int]:
        """A request in the dialog; the statuses of its answers."""
        via = hop_line(*THERE, f"z9hG4bK-{self.number}-{method}-{self.dialog.cseq}")
        self.last = write(self.dialog.request(method, via, headers, body, cseq))
        return self.repeat(self.last)

    def repeat(self, datagram: bytes) -> list[int]:
        """A datagram once more, or for the first time; the statuses of its answers, those to the INVITE left out."""
        answers = self.rung.take(datagram)
        return [one.status for one in answers if isinstance(one, Response) and one.cseq[1] != "INVITE"]

    def press(self, key: str) -> list[int]:
        return self.say("INFO", ("Content-Type", DTMF_RELAY), body=write_key(key))

    def acknowledge(self) -> None:
        last = self.heard[-1]
        if last.status < 300:
            self.say("ACK", cseq=1)
        else:
            self.rung.take(ack_of(self.datagram, write(last)))

    def hang_up(self) -> list[int]:
        return self.say("BYE")

    def cancel(self) -> list[int]:
        """Give up; the statuses of the answers to CANCEL."""
        self.last = cancel_of(self.datagram)
        return self.repeat(self.last)

    def talk(self) -> Ringing:
        """Acknowledge what answered."""
        assert 200 == self.statuses[-1]
        self.acknowledge()
        return self


def agreed(request: Request, status: int = 200) -> bytes:
    """The caller's answer to a request of the hotline."""
    return write(answer(request, status))
