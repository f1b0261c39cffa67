"""Drives a network over HTTP as docs/network-http.md has it; knows what is certain about a request that failed.

A binding act goes out on a connection of its own and is never repeated here: only a connection that could not be made
proves that nothing was done.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import requests
from msgspec import Struct
from urllib3.exceptions import NewConnectionError

from dialtest.clock import monotonic_s
from dialtest.errors import CouldNotTest, DialtestError
from dialtest.model.act import AnyAct
from dialtest.model.observation import AnyObservation, Failure, Trouble
from dialtest.network.port import Arrival
from dialtest.wire.http_act import to_wire
from dialtest.wire.http_exchange import (
    MOST_AHEAD_DAYS,
    Perform,
    Problem,
    Register,
    Registered,
    Wait,
    read_observation,
    read_problem,
    read_registered,
    read_waited,
    write,
)
from dialtest.wire.http_strict import BODY_LIMIT, Unreadable

CONNECT_S = 5.0
ANSWER_S = 30.0
AWAY_S = 60.0
PATIENCE_S = 20.0
CHUNK_BYTES = 65_536


class _NotSent(Exception):
    """The network could not be reached; nothing was sent."""


class _NoAnswer(Exception):
    """No whole answer came; what became of the request is not known."""


class HttpNetwork:
    """One registration at a network. `name` is the client's: registering it again takes the predecessor's place.

    answer_s: wall seconds an act's answer may take; away_s: wall seconds a wait puts up with a network that is away.
    """

    def __init__(self, url: str, name: str, answer_s: float = ANSWER_S, away_s: float = AWAY_S) -> None:
        self._url = _checked(url)
        self._name = name
        self._answer_s = answer_s
        self._away_s = away_s
        self._threads = threading.local()
        self._lock = threading.Lock()
        self._registered = self._register()
        self._now = self._registered.now

    @property
    def identity(self) -> str:
        return self._registered.network

    def now(self) -> datetime:
        return self._now

    def perform(self, msisdn: str, act: AnyAct) -> AnyObservation:
        asked = to_wire(act)
        registered = self._registered
        result = self._perform_as(registered, msisdn, Perform(registered.client, msisdn, asked))
        if isinstance(result, Problem) and result.code == "dropped":
            registered = self._register_again(registered)
            result = self._perform_as(registered, msisdn, Perform(registered.client, msisdn, asked))
        if isinstance(result, Problem):
            if result.code == "replaced":
                raise _taken_over(self._name)
            return self._trouble("refused", f"{result.code}: {result.detail}")
        return result

    def wait(self, until: datetime, after: int) -> Sequence[Arrival]:
        arrivals: list[Arrival] = []
        while True:
            ahead = min(until, self._now + timedelta(days=MOST_AHEAD_DAYS - 1))
            asked = Wait(self._registered.client, ahead, after + len(arrivals), PATIENCE_S)
            answer = self._insist("/v1/waits", asked)
            if answer is None:
                continue
            try:
                waited = read_waited(answer)
            except Unreadable as unreadable:
                raise self._not_understood(unreadable) from None
            for arrived in waited.arrivals:
                if arrived.cursor != after + len(arrivals) + 1:
                    raise self._not_understood(f"cursor {arrived.cursor} follows {after + len(arrivals)}")
                arrivals.append(Arrival(arrived.cursor, arrived.msisdn, arrived.message))
            self._now = max(self._now, waited.now)
            if not waited.more and (arrivals or self._now >= until):
                return arrivals

    def close(self) -> None:
        try:
            self._ask("DELETE", f"/v1/clients/{self._registered.client}", b"", once=True)
        except (_NotSent, _NoAnswer):
            return  # its lease will run out

    # Acts

    def _perform_as(self, registered: Registered, msisdn: str, asked: Perform) -> AnyObservation | Problem:
        try:
            status, body = self._ask("POST", "/v1/acts", write(asked), once=True)
        except _NotSent as error:
            return self._trouble("outage", str(error))
        except _NoAnswer as error:
            return self._trouble("timeout", str(error))
        try:
            if 400 <= status < 500:
                return read_problem(body)
            if status == 200:
                return read_observation(body)
        except Unreadable as unreadable:
            if status != 200:
                return self._trouble("refused", f"HTTP {status}")
            return self._trouble("garbage", str(unreadable))
        return self._trouble("garbage", f"HTTP {status}")

    def _trouble(self, failure: Failure, detail: str) -> Trouble:
        return Trouble(self._now, failure, detail[:300])

    # Registration

    def _register(self) -> Registered:
        body = self._insist("/v1/clients", Register(self._name), expected=201)
        try:
            return read_registered(body or b"")
        except Unreadable as unreadable:
            raise self._not_understood(unreadable) from None

    def _register_again(self, dropped: Registered) -> Registered:
        """After a lease ran out or the network was started again; once, however many threads ask."""
        with self._lock:
            if self._registered is dropped:
                registered = self._register()
                if registered.network != dropped.network:
                    raise CouldNotTest(
                        f"Another network answers at {self._url} now: {registered.network}, not {dropped.network}.",
                        "Start the carrier with the ledger it had, then run again.",
                    )
                self._registered = registered
            return self._registered

    # Transport

    def _insist(self, path: str, asked: Struct, expected: int = 200) -> bytes | None:
        """Ask for something that may be asked twice until there is an answer; None after registering again."""
        since_s = monotonic_s()
        registered = getattr(self, "_registered", None)
        while True:
            try:
                status, body = self._ask("POST", path, write(asked))
            except (_NotSent, _NoAnswer) as error:
                if registered is None or monotonic_s() - since_s > self._away_s:
                    raise CouldNotTest(
                        f"The network at {self._url} is away: {error}.",
                        "See that it runs (`dialtest sandbox serve`), then run again; nothing recorded is lost.",
                    ) from None
                threading.Event().wait(0.2)
                continue
            if status == expected:
                return body
            self._heed(registered, status, body)
            return None

    def _heed(self, registered: Registered | None, status: int, body: bytes) -> None:
        try:
            problem = read_problem(body)
        except Unreadable:
            raise self._not_understood(f"HTTP {status}") from None
        if problem.code == "replaced":
            raise _taken_over(self._name)
        if problem.code != "dropped" or registered is None:
            raise CouldNotTest(f"The network at {self._url} refuses: {problem.code}, {problem.detail}.")
        self._register_again(registered)

    def _ask(self, method: str, path: str, body: bytes, once: bool = False) -> tuple[int, bytes]:
        """One request, one answer: status and body. `once` takes a fresh connection, so that a failure is certain."""
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        if once:
            headers["Connection"] = "close"
        session = _session() if once else self._session()
        patience_s = self._answer_s + (0 if once else PATIENCE_S)
        try:
            with session.request(
                method, self._url + path, data=body, headers=headers, timeout=(CONNECT_S, patience_s),
                allow_redirects=False, stream=True,
            ) as response:  # fmt: skip
                return response.status_code, _bounded(response, monotonic_s() + patience_s)
        except requests.ConnectTimeout as error:
            raise _NotSent(_words(error)) from None
        except requests.RequestException as error:
            raise (_NotSent if _never_connected(error) else _NoAnswer)(_words(error)) from None
        finally:
            if once:
                session.close()

    def _session(self) -> requests.Session:
        """One per thread: a session is not made to be shared."""
        session: requests.Session | None = getattr(self._threads, "session", None)
        if session is None:
            session = self._threads.session = _session()
        return session

    def _not_understood(self, why: object) -> CouldNotTest:
        return CouldNotTest(
            f"The network at {self._url} answers something unreadable: {why}.",
            "It must speak the interface of docs/network-http.md.",
        )


def _checked(url: str) -> str:
    try:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and parts.port != 0:
            return url.rstrip("/")
    except ValueError:
        pass  # a bracket or a port that is none
    raise DialtestError(f"“{url[:100]}” is no address of a network.", "Write it as http://127.0.0.1:8080.")


def _session() -> requests.Session:
    session = requests.Session()
    session.trust_env = False  # no proxy and no stored password between the test and the network
    return session


def _bounded(response: requests.Response, due_s: float) -> bytes:
    """The body, if it comes in time and is no longer than what would be read anyway."""
    body = bytearray()
    for chunk in response.iter_content(CHUNK_BYTES):
        body += chunk
        if len(body) > BODY_LIMIT:
            break
        if monotonic_s() > due_s:
            raise _NoAnswer("the answer did not end in time")
    return bytes(body)


def _never_connected(error: requests.RequestException) -> bool:
    reason = getattr(error.args[0] if error.args else None, "reason", None)
    return isinstance(reason, NewConnectionError)


def _words(error: requests.RequestException) -> str:
    reason = getattr(error.args[0] if error.args else None, "reason", None) or error
    return str(reason).rpartition("> ")[2].rpartition("): ")[2][:200] or type(error).__name__


def _taken_over(name: str) -> CouldNotTest:
    return CouldNotTest(
        f"Another run has registered as {name} at the network and goes on in this one's place.",
        "Let it finish; only one run drives a campaign.",
    )
