"""What a plain locustfile does: a greenlet and a socket for each caller, who rings, talks, hangs up, and rings again.

TALKS_S in the environment says how long a call lasts. No retransmission, no timers: as little as a call can do.
"""

from __future__ import annotations

import os
import time
from itertools import count
from urllib.parse import urlsplit

import gevent
from gevent import socket
from locust import User, constant, task

BEGINS_AFTER_S = 4.0  # so that what it takes to get ready can be told from what calls take
TALKS_S = float(os.environ.get("TALKS_S", "0"))
NUMBERS = count()
REQUEST = (
    "{method} sip:10086@{hotline};brand=mzone SIP/2.0\r\nVia: SIP/2.0/UDP {here};branch=z9hG4bK{call}{cseq}\r\n"
    "Max-Forwards: 70\r\nFrom: <sip:caller@{here}>;tag={call}\r\nTo: <sip:10086@{hotline}>{tag}\r\nCall-ID: {call}\r\n"
    "CSeq: {number} {method}\r\nContact: <sip:caller@{here}>\r\nContent-Length: 0\r\n\r\n"
)


class Caller(User):  # type: ignore[misc]
    """One caller."""

    wait_time = constant(0)

    def on_start(self) -> None:
        place = urlsplit("//" + self.host.removeprefix("sip:"))
        self.line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.line.connect((place.hostname, place.port))
        self.line.settimeout(5)
        gevent.sleep(BEGINS_AFTER_S)
        self.names = {"hotline": place.netloc, "here": "{}:{}".format(*self.line.getsockname())}

    @task
    def call(self) -> None:
        began_s, call = time.perf_counter(), f"g{os.getpid()}-{next(NUMBERS)}"
        failure = None
        try:
            said = self.ask("INVITE", 1, call, "")
            tag = ";tag=" + said.split("\r\nTo:", 1)[1].split("\r\n", 1)[0].split(";tag=", 1)[1]
            self.line.send(self.text("ACK", 1, call, tag, "a"))
            self.fire("INVITE", began_s, None)
            gevent.sleep(TALKS_S)
            began_s = time.perf_counter()
            self.ask("BYE", 2, call, tag)
        except OSError as error:
            failure = error
        self.fire("BYE", began_s, failure)

    def ask(self, method: str, number: int, call: str, tag: str) -> str:
        self.line.send(self.text(method, number, call, tag, method[0]))
        while True:
            said = self.line.recv(4096).decode()
            if said.startswith("SIP/2.0 2") and f"Call-ID: {call}\r\n" in said and f"{number} {method}" in said:
                return said

    def text(self, method: str, number: int, call: str, tag: str, cseq: str) -> bytes:
        return REQUEST.format(method=method, number=number, call=call, tag=tag, cseq=cseq, **self.names).encode()

    def fire(self, name: str, began_s: float, failure: Exception | None) -> None:
        self.environment.events.request.fire(
            request_type="SIP", name=name, response_time=(time.perf_counter() - began_s) * 1000, response_length=0,
            exception=failure, context={},
        )  # fmt: skip
