"""The served carrier: whose time it is, what a bad request brings, what survives."""

from __future__ import annotations

import http.client
import json
import socket
import sqlite3
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
import requests

from dialtest.clock import monotonic_s
from dialtest.errors import CouldNotTest, DialtestError
from dialtest.served.act_ledger import ActLedger
from dialtest.served.replayable import ReplayableCarrier, made_of
from dialtest.served.serve import listening_socket
from tests.dialtest.campaign.served import served
from tests.dialtest.campaign.small_campaign import SmallCampaign, small_campaign

ORDER = {"act": "send", "to": "10660000", "text": "DG0"}


class Client:
    """A test program as bare as can be."""

    def __init__(self, url: str, name: str = "one") -> None:
        self.url = url
        self.key = ""
        answer = self.post("/v1/clients", {"name": name})
        self.key, self.now = answer["client"], datetime.fromisoformat(answer["now"])

    def post(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        answer = requests.post(self.url + path, json={**({"client": self.key} if self.key else {}), **body}, timeout=30)
        parsed: dict[str, Any] = answer.json()
        return parsed

    def act(self, act: dict[str, Any], msisdn: str = "13900000000") -> dict[str, Any]:
        return self.post("/v1/acts", {"msisdn": msisdn, "act": act})

    def wait(self, until: datetime, after: int = 0, patience_s: float = 10) -> dict[str, Any]:
        return self.post("/v1/waits", {"until": until.isoformat(), "after": after, "patience_s": patience_s})


@pytest.fixture(scope="module")
def campaign() -> SmallCampaign:
    return small_campaign(services=4)


@pytest.fixture
def url(campaign: SmallCampaign) -> Iterator[str]:
    with served(campaign) as address:
        yield address


def look(url: str) -> dict[str, Any]:
    clock: dict[str, Any] = requests.get(f"{url}/v1/clock", timeout=10).json()
    return clock


def waiting(url: str, name: str) -> None:
    """Come back when that client waits."""
    give_up_s = monotonic_s() + 10
    while not any(client["name"] == name and client["waits_until"] for client in look(url)["clients"]):
        assert monotonic_s() < give_up_s


# Time


def test_time_goes_to_where_the_only_client_wants_it(url: str) -> None:
    client = Client(url)
    later = client.now + timedelta(days=3)
    assert later.isoformat() == client.wait(later)["now"]


def test_time_stands_still_while_a_registered_client_does_not_wait(url: str) -> None:
    client, _other = Client(url), Client(url, "two")
    answer = client.wait(client.now + timedelta(days=3), patience_s=0.2)
    assert (client.now.isoformat(), []) == (answer["now"], answer["arrivals"])


def test_time_goes_no_further_than_the_earliest_wait(url: str) -> None:
    one, two = Client(url), Client(url, "two")
    soon, late = one.now + timedelta(hours=1), one.now + timedelta(days=3)
    with ThreadPoolExecutor() as pool:
        waited: Future[dict[str, Any]] = pool.submit(one.wait, late, 0, 1)
        assert soon.isoformat() == two.wait(soon)["now"]
        assert soon.isoformat() == waited.result()["now"]


def test_without_clients_time_stands_still(url: str) -> None:
    client = Client(url)
    requests.delete(f"{url}/v1/clients/{client.key}", timeout=10)
    assert (client.now.isoformat(), []) == (look(url)["now"], look(url)["clients"])


def test_a_client_that_leaves_holds_nobody_up(url: str) -> None:
    one, two = Client(url), Client(url, "two")
    later = one.now + timedelta(days=1)
    with ThreadPoolExecutor() as pool:
        waited: Future[dict[str, Any]] = pool.submit(one.wait, later)
        waiting(url, "one")
        requests.delete(f"{url}/v1/clients/{two.key}", timeout=10)
        assert later.isoformat() == waited.result()["now"]


def test_a_client_that_neither_asks_nor_waits_is_dropped_when_its_lease_ends(campaign: SmallCampaign) -> None:
    with served(campaign, lease_s=0.3) as url:
        one, dead = Client(url), Client(url, "dead")
        later = one.now + timedelta(days=1)
        assert later.isoformat() == one.wait(later)["now"]
        assert "dropped" == dead.act(ORDER)["code"]


def test_the_speed_caps_how_fast_time_goes(campaign: SmallCampaign) -> None:
    with served(campaign, speed=36_000) as url:
        client, begun_s = Client(url), monotonic_s()
        client.wait(client.now + timedelta(hours=3))
        assert monotonic_s() - begun_s >= 0.29


def test_at_a_slow_speed_a_wait_in_small_portions_gets_on(campaign: SmallCampaign) -> None:
    with served(campaign, speed=10) as url:
        client = Client(url)
        times = [client.wait(client.now + timedelta(days=1), patience_s=0.2)["now"] for _ in range(3)]
        assert client.now < datetime.fromisoformat(times[1]) < datetime.fromisoformat(times[2])


def test_a_broken_connection_ends_the_wait(url: str) -> None:
    client, _other = Client(url), Client(url, "two")
    address = urlsplit(url)
    connection = http.client.HTTPConnection(str(address.hostname), address.port)
    body = {"client": client.key, "until": (client.now + timedelta(days=9)).isoformat(), "after": 0, "patience_s": 60}
    connection.request("POST", "/v1/waits", json.dumps(body), {"Content-Type": "application/json"})
    waiting(url, "one")
    connection.close()
    give_up_s = monotonic_s() + 10
    while any(present["waits_until"] for present in look(url)["clients"]):
        assert monotonic_s() < give_up_s


# Successors


def test_a_successor_takes_the_place_of_its_predecessor_whose_wait_moves_time_no_more(url: str) -> None:
    first, _other = Client(url), Client(url, "two")
    with ThreadPoolExecutor() as pool:
        waited: Future[dict[str, Any]] = pool.submit(first.wait, first.now + timedelta(days=9))
        waiting(url, "one")
        second = Client(url)
        assert "replaced" == waited.result()["code"]
    assert "replaced" == first.act(ORDER)["code"]
    assert first.now == second.now
    assert ["one", "two"] == sorted(client["name"] for client in look(url)["clients"])


def test_a_successor_gets_every_message_after_the_cursor_it_names(url: str) -> None:
    first = Client(url)
    first.act(ORDER)
    later = first.now + timedelta(days=40)
    heard, cursor = [], 0
    while (answer := first.wait(later, cursor))["now"] < later.isoformat():
        heard += answer["arrivals"]
        cursor = len(heard)
    assert len(heard) >= 3
    assert heard[1:] == Client(url).wait(later, 1)["arrivals"]


# The ledger


def test_the_same_request_twice_is_two_acts(campaign: SmallCampaign, tmp_path: Path) -> None:
    with served(campaign, tmp_path / "ledger.db") as url:
        client = Client(url)
        for _ in range(2):
            client.act(ORDER)
    ledger = ActLedger(tmp_path / "ledger.db", made_of(campaign.cast, campaign.faults, campaign.begins))
    first, second = ledger.acts()
    assert first == second
    ledger.close()


def test_a_carrier_started_again_has_done_what_its_ledger_says(campaign: SmallCampaign, tmp_path: Path) -> None:
    answers, identities = [], []
    with served(campaign, tmp_path / "ledger.db") as url:
        client = Client(url)
        client.act(ORDER)
        later = client.now + timedelta(days=50)
        while client.wait(later, look(url)["cursor"])["now"] < later.isoformat():
            pass
        answers.append((client.act({"act": "read_bill"}), look(url)["now"], look(url)["cursor"]))
        identities.append(look(url)["network"])
    with served(campaign, tmp_path / "ledger.db") as url:
        client = Client(url)
        answers.append((client.act({"act": "read_bill"}), look(url)["now"], look(url)["cursor"]))
        identities.append(look(url)["network"])
    assert answers[0] == answers[1]
    assert identities[0] == identities[1]


def test_a_ledger_of_another_carrier_is_refused(campaign: SmallCampaign, tmp_path: Path) -> None:
    ActLedger(tmp_path / "ledger.db", made_of(campaign.cast, campaign.faults, campaign.begins)).close()
    other = small_campaign(services=4, seed=8)
    with pytest.raises(DialtestError, match="another catalogue, policy, seed or faults"):
        ActLedger(tmp_path / "ledger.db", made_of(other.cast, other.faults, other.begins))


def test_a_ledger_whose_acts_bring_something_else_is_refused(campaign: SmallCampaign, tmp_path: Path) -> None:
    with served(campaign, tmp_path / "ledger.db") as url:
        Client(url).act(ORDER)
    ledger = ActLedger(tmp_path / "ledger.db", made_of(campaign.cast, campaign.faults, campaign.begins))
    ledger._database.execute("UPDATE acts SET result = '{}'")
    with pytest.raises(DialtestError, match="Act 1 of the ledger"):
        ReplayableCarrier(campaign.cast, campaign.faults, campaign.begins, ledger)
    ledger.close()


def test_a_file_that_is_no_ledger_is_refused(tmp_path: Path) -> None:
    (tmp_path / "ledger.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(CouldNotTest, match="cannot be used"):
        ActLedger(tmp_path / "ledger.db", "digest")


def test_a_carrier_that_cannot_keep_its_ledger_stops(campaign: SmallCampaign, tmp_path: Path) -> None:
    with served(campaign, tmp_path / "ledger.db") as url:
        client, database = Client(url), sqlite3.connect(tmp_path / "ledger.db", isolation_level=None)
        database.execute("ALTER TABLE acts RENAME TO lost")
        assert "broken" == client.act(ORDER)["code"]
        database.execute("ALTER TABLE lost RENAME TO acts")
        assert "broken" == client.act(ORDER)["code"]
        database.close()


# Bad requests


@pytest.mark.parametrize(
    ("body", "media_type", "status", "code"),
    [
        (b"", "application/json", 400, "unreadable"),
        (b"{", "application/json", 400, "unreadable"),
        (b"\xff\xfe\x00", "application/json", 400, "unreadable"),
        (b'{"name": "../../etc"}', "application/json", 400, "unreadable"),
        (b'{"name": "one", "admin": true}', "application/json", 400, "unreadable"),
        (b'{"name": "one"}', "text/plain", 415, "media_type"),
        (b'{"name": "' + b"x" * 70_000 + b'"}', "application/json", 413, "too_large"),
        (b"[" * 60_000, "application/json", 400, "unreadable"),
    ],
)
def test_a_bad_registration_is_told_what_is_wrong(
    url: str, body: bytes, media_type: str, status: int, code: str
) -> None:
    answer = requests.post(f"{url}/v1/clients", data=body, headers={"Content-Type": media_type}, timeout=10)
    assert (status, code) == (answer.status_code, answer.json()["code"])
    assert "Traceback" not in answer.text


@pytest.mark.parametrize("path", ["/", "/v1", "/v1/clients/x/y", "/v2/acts", "/../etc/passwd", "/v1/acts/"])
def test_unknown_paths_are_told_in_json(url: str, path: str) -> None:
    answer = requests.post(url + path, json={}, timeout=10, allow_redirects=False)
    assert (404, "not_found") == (answer.status_code, answer.json()["code"])


def test_a_wait_too_far_ahead_or_with_a_foreign_cursor_is_refused(url: str) -> None:
    client = Client(url)
    assert "too_far" == client.wait(client.now + timedelta(days=500))["code"]
    assert "ahead" == client.wait(client.now, after=5)["code"]


def test_an_unknown_number_is_trouble_and_no_problem(url: str) -> None:
    answer = Client(url).act(ORDER, msisdn="13999999999")
    assert ("trouble", "refused") == (answer["saw"], answer["failure"])


def test_no_more_than_64_clients_crowd_the_carrier(url: str) -> None:
    for place in range(64):
        Client(url, f"client-{place}")
    answer = requests.post(f"{url}/v1/clients", json={"name": "another"}, timeout=10)
    assert (429, "crowded") == (answer.status_code, answer.json()["code"])


def test_half_a_request_stops_nobody(url: str) -> None:
    client, address = Client(url), urlsplit(url)
    with socket.create_connection((str(address.hostname), address.port or 0)) as half:
        half.sendall(
            b"POST /v1/acts HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 99\r\n\r\n{"
        )
        later = client.now + timedelta(hours=1)
        assert later.isoformat() == client.wait(later)["now"]


def test_requests_from_many_threads_are_all_answered(url: str) -> None:
    client = Client(url)
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda _: client.act({"act": "query", "channel": "hotline"})["saw"], range(40)))
    assert ["answer"] * 40 == answers


def test_a_port_that_is_taken_is_told(url: str) -> None:
    with pytest.raises(DialtestError, match="cannot be listened on"):
        listening_socket(urlsplit(url).port or 0)


def test_only_this_machine_can_reach_the_carrier() -> None:
    bound = listening_socket(0)
    assert "127.0.0.1" == bound.getsockname()[0]
    bound.close()
