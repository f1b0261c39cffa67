"""What is certain about a request that failed: only a connection that was never made proves that nothing was done."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from dialtest.errors import CouldNotTest, DialtestError
from dialtest.model.act import Send
from dialtest.model.observation import Sent, Trouble
from dialtest.network.http import HttpNetwork
from tests.dialtest.campaign.served import served
from tests.dialtest.campaign.small_campaign import small_campaign

NOW = "2006-07-01T00:00:00Z"
REGISTERED = f'{{"client":"key","network":"net","now":"{NOW}","lease_s":600}}'
ORDER = Send("1066", "DG", "order")


def answer(body: str, status: str = "200 OK", more: str = "") -> bytes:
    data = body.encode()
    return f"HTTP/1.1 {status}\r\nContent-Length: {len(data)}\r\nConnection: close\r\n{more}\r\n".encode() + data


class Peer:
    """A server that answers registrations, and every other request with the bytes it was given."""

    def __init__(self, says: bytes) -> None:
        self.says = says
        self.requests: list[bytes] = []
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def stop(self) -> None:
        self.socket.shutdown(socket.SHUT_RDWR)
        self.socket.close()
        self.thread.join(10)

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self.socket.accept()
            except OSError:
                return
            with connection:
                request = _whole(connection)
                self.requests.append(request)
                registers = request.startswith(b"POST /v1/clients")
                connection.sendall(answer(REGISTERED, "201 Created") if registers else self.says)


def _whole(connection: socket.socket) -> bytes:
    request = b""
    while b"\r\n\r\n" not in request:
        request += connection.recv(65_536)
    head, _, body = request.partition(b"\r\n\r\n")
    length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0] or 0)
    while len(body) < length:
        body += connection.recv(65_536)
    return head + b"\r\n\r\n" + body


@contextmanager
def network(says: bytes) -> Iterator[tuple[HttpNetwork, Peer]]:
    peer = Peer(says)
    try:
        yield HttpNetwork(peer.url, "one", answer_s=0.5, away_s=0.3), peer
    finally:
        peer.stop()


def acts(peer: Peer) -> list[bytes]:
    return [request for request in peer.requests if request.startswith(b"POST /v1/acts")]


@pytest.mark.parametrize(
    ("says", "failure"),
    [
        (b"", "timeout"),
        (b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{", "timeout"),
        (b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc", "timeout"),
        (b"\x00\x01\x02 nonsense", "timeout"),
        (answer("not json"), "garbage"),
        (answer('{"saw":"sent"}'), "garbage"),
        (answer(f'{{"saw":"sent","at":"{NOW}","fault":"x"}}'), "garbage"),
        (answer("{}", "500 Internal Server Error"), "garbage"),
        (answer("", "307 Temporary Redirect", "Location: /v1/elsewhere\r\n"), "garbage"),
        (answer('{"code":"broken","detail":"disk"}', "503 Service Unavailable"), "garbage"),
    ],
)
def test_an_act_without_a_readable_answer_may_have_been_done_and_goes_out_once(says: bytes, failure: str) -> None:
    with network(says) as (net, peer):
        result = net.perform("139", ORDER)
        assert isinstance(result, Trouble)
        assert (failure, True) == (result.failure, result.uncertain)
        assert 1 == len(acts(peer))


def test_an_answer_that_never_comes_is_a_timeout() -> None:
    silent = socket.create_server(("127.0.0.1", 0))
    with network(answer("")) as (net, _):
        net._url = f"http://127.0.0.1:{silent.getsockname()[1]}"
        result = net.perform("139", ORDER)
    silent.close()
    assert isinstance(result, Trouble)
    assert "timeout" == result.failure


def test_a_connection_that_was_never_made_is_an_outage_and_certain() -> None:
    with network(answer("")) as (net, peer):
        peer.stop()
        peer.stop = lambda: None  # type: ignore[method-assign]
        result = net.perform("139", ORDER)
    assert isinstance(result, Trouble)
    assert ("outage", False) == (result.failure, result.uncertain)


def test_a_refused_request_was_certainly_not_done() -> None:
    with network(answer('{"code":"unreadable","detail":"text too long"}', "400 Bad Request")) as (net, _):
        result = net.perform("139", ORDER)
    assert isinstance(result, Trouble)
    assert ("refused", "unreadable: text too long") == (result.failure, result.detail)


def test_a_dropped_client_registers_again_and_asks_again_because_nothing_was_done() -> None:
    with network(answer('{"code":"dropped","detail":""}', "410 Gone")) as (net, peer):
        net.perform("139", ORDER)
        assert 2 == len([request for request in peer.requests if request.startswith(b"POST /v1/clients")])
        assert 2 == len(acts(peer))


def test_a_replaced_client_stops() -> None:
    gone = answer('{"code":"replaced","detail":""}', "410 Gone")
    with network(gone) as (net, _), pytest.raises(CouldNotTest, match="Another run has registered"):
        net.perform("139", ORDER)


def test_what_is_sent_says_nothing_about_what_is_meant() -> None:
    with network(answer(f'{{"saw":"sent","at":"{NOW}"}}')) as (net, peer):
        assert Sent(datetime(2006, 7, 1, tzinfo=UTC)) == net.perform("139", ORDER)
        assert b"order" not in acts(peer)[0]
        assert b"Connection: close" in acts(peer)[0]


@pytest.mark.parametrize(
    "says",
    [
        answer("nonsense"),
        answer(f'{{"now":"{NOW}","arrivals":[{{"cursor":7,"msisdn":"1","message":{{"saw":"message","at":"{NOW}",'
               f'"sent_at":"{NOW}","sender":"1","text":""}}}}]}}'),
        answer("teapot", "418 Teapot"),
    ],
)  # fmt: skip
def test_a_network_that_answers_a_wait_with_nonsense_could_not_be_tested(says: bytes) -> None:
    with network(says) as (net, _), pytest.raises(CouldNotTest, match="unreadable"):
        net.wait(datetime(2006, 7, 2, tzinfo=UTC), 0)


def test_a_network_that_stays_away_could_not_be_tested() -> None:
    with network(b"") as (net, _), pytest.raises(CouldNotTest, match="is away"):
        net.wait(datetime(2006, 7, 2, tzinfo=UTC), 0)


@pytest.mark.parametrize(
    "url", ["", "127.0.0.1:80", "ftp://x/", "http://", "http://[::1", "http://a:99999999", "file:///etc"]
)
def test_what_is_no_address_is_told(url: str) -> None:
    with pytest.raises(DialtestError, match="is no address of a network"):
        HttpNetwork(url, "one")


def test_more_arrivals_than_one_answer_holds_come_in_one_wait() -> None:
    campaign = small_campaign(services=9, dials=3)
    with served(campaign) as url:
        net = HttpNetwork(url, "one")
        for msisdn in campaign.cast.numbers:
            net.perform(msisdn, Send("10660000", "DG0", "order"))
        heard = 0
        until = net.now().replace(day=28)
        while net.now() < until:
            heard += len(net.wait(until, heard))
        net.close()
        again = HttpNetwork(url, "one")
        assert heard > 500
        assert heard == len(again.wait(until, 0))
        again.close()
