"""The hotline as a process of its own, rung by sipp and asked over HTTP (H1, H3)."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from dialtest.served.hotline.state import BrandState, Record, Records, State
from tests.dialtest.served.hotline.opened import VERB, Opened, opened, ring

PAGE = (Path(__file__).parents[4] / "docs" / "network-sip.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def hotline() -> Iterator[Opened]:
    """Agents enough for two brands, none for mzone: whoever rings there waits."""
    with opened("--agents", "gotone=100", "--agents", "easyown=100", "--agents", "mzone=0") as one:
        yield one


@pytest.fixture(scope="module")
def strict() -> Iterator[Opened]:
    """A hotline that asks for a password, and ends calls after a second."""
    with opened("--agents", "gotone=100", "--digest", "ring:bell", "--longest-call", "60", "--speed", "60") as one:
        yield one


def test_sipp_gets_an_agent_and_every_call_is_in_the_books(hotline: Opened, tmp_path: Path) -> None:
    before = hotline.get("/state")["last_record"]
    ring(hotline, "call", tmp_path, ";brand=easyown")
    records = hotline.get(f"/calls?after={before}")
    assert ["answered"] * 10 == [record["outcome"] for record in records["calls"]]
    assert list(range(before + 1, before + 11)) == [record["call"] for record in records["calls"]]
    assert all(record["ended_at"] for record in records["calls"])


def test_lost_datagrams_lose_no_call_and_make_none(hotline: Opened, tmp_path: Path) -> None:
    before = hotline.brand("gotone")
    # every tenth INVITE, BYE and 200 is lost, but no ACK: sipp would take the 200 that comes again for that of its BYE
    ring(hotline, "lossy", tmp_path, ";brand=gotone", 20)
    after = hotline.brand("gotone")
    assert (20, 20) == (after["calls"] - before["calls"], after["answered"] - before["answered"])
    assert 0 == after["busy"]


def test_who_gives_up_is_recorded_until_the_flow_comes_and_offers_the_self_service(
    hotline: Opened, tmp_path: Path
) -> None:
    ring(hotline, "give-up", tmp_path, ";brand=mzone")
    state = hotline.brand("mzone")
    assert (10, 10, True) == (state["abandoned"], state["recorded"], state["flow_on"])
    ring(hotline, "keys", tmp_path, ";brand=mzone")
    state = hotline.brand("mzone")
    assert (10, 10, 0) == (state["diverted"], state["abandoned"], state["answered"])


def test_sipp_walks_the_menu_to_an_agent(hotline: Opened, tmp_path: Path) -> None:
    before = hotline.brand("gotone")["answered"]
    ring(hotline, "menu", tmp_path, ";menu")
    assert 10 == hotline.brand("gotone")["answered"] - before


def test_sipp_behind_proxies_finds_its_routes_copied(hotline: Opened, tmp_path: Path) -> None:
    before = hotline.brand("easyown")["answered"]
    ring(hotline, "routed", tmp_path, ";brand=easyown")
    assert 10 == hotline.brand("easyown")["answered"] - before


def test_sipp_proves_to_know_the_password(strict: Opened, tmp_path: Path) -> None:
    ring(strict, "password", tmp_path, ";brand=gotone")
    assert 10 == strict.brand("gotone")["answered"]


def test_sipp_is_told_when_a_call_has_lasted_long_enough(tmp_path: Path) -> None:
    with opened("--agents", "gotone=100", "--longest-call", "60", "--speed", "60") as one:
        ring(one, "parted", tmp_path, ";brand=gotone")
        assert (10, 0) == (one.brand("gotone")["answered"], one.brand("gotone")["busy"])


def test_a_hotline_that_is_interrupted_says_what_became_of_its_calls_and_ends(tmp_path: Path) -> None:
    with opened("--agents", "gotone=100") as one:
        ring(one, "call", tmp_path, ";brand=gotone", 3)
        said = one.close()
        assert 0 == one.process.returncode
    assert "gotone: 3 calls, 3 answered" in said


def test_a_withdrawal_by_web_or_sms_is_counted(hotline: Opened) -> None:
    before = hotline.brand("mzone")
    for channel in ("web", "sms", "sms"):
        asked = {"msisdn": "13800000001", "channel": channel, "brand": "mzone"}
        answer = requests.post(f"{hotline.url}/withdraw", json=asked, timeout=10)
        assert (201, channel) == (answer.status_code, answer.json()["channel"])
    after = hotline.brand("mzone")
    assert 1 == after["withdrew_by_web"] - before["withdrew_by_web"]
    assert 2 == after["withdrew_by_sms"] - before["withdrew_by_sms"]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"msisdn": "13800000001"}, 400),
        ({"msisdn": "13800000001", "channel": "fax"}, 400),
        ({"msisdn": "13800000001", "channel": "web", "more": 1}, 400),
        ({"msisdn": "١٢٣٤٥", "channel": "web"}, 422),
        ({"msisdn": "13800000001", "channel": "web", "brand": "nobody"}, 422),
        ({"msisdn": "1" * 5000, "channel": "web"}, 413),
        ([1], 400),
    ],
)
def test_a_withdrawal_that_is_none_is_refused(hotline: Opened, body: object, status: int) -> None:
    answer = requests.post(f"{hotline.url}/withdraw", json=body, timeout=10)
    assert (status, ["detail"]) == (answer.status_code, list(answer.json()))


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/calls?after=-1", 400),
        ("GET", "/calls?limit=10001", 400),
        ("GET", "/calls?after=99999999999999999999", 400),
        ("GET", "/calls?until=3", 400),
        ("GET", "/state?x=1", 400),
        ("GET", "/elsewhere", 404),
        ("POST", "/state", 405),
        ("POST", "/withdraw", 415),
        ("GET", "/calls?after=9007199254740992&limit=0", 200),
    ],
)
def test_a_request_that_is_none_is_refused(hotline: Opened, method: str, path: str, status: int) -> None:
    assert status == requests.request(method, hotline.url + path, timeout=10).status_code


def refused(*options: str) -> tuple[int, str]:
    """Exit code and what a hotline that does not open says."""
    environment = {**os.environ, "DIALTEST_LANG": "en"}
    ran = subprocess.run([*VERB, *options], capture_output=True, text=True, timeout=30, env=environment)
    return ran.returncode, ran.stderr


def test_a_port_in_use_is_named(hotline: Opened) -> None:
    status, said = refused("--sip-port", str(hotline.sip_port), "--http-port", "0")
    assert 2 == status
    assert f"Port {hotline.sip_port}" in said
    assert "--sip-port" in said


def test_a_second_interrupt_leaves_at_once() -> None:
    with opened("--agents", "gotone=1") as one, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as caller:
        caller.connect(("127.0.0.1", one.sip_port))
        here = f"127.0.0.1:{caller.getsockname()[1]}"
        invite = (
            f"INVITE sip:10086@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP {here};branch=z9hG4bK1\r\nCSeq: 1 INVITE\r\n"
            f"From: <sip:1@{here}>;tag=1\r\nTo: <sip:10086@127.0.0.1>\r\nCall-ID: 1\r\nContact: <sip:1@{here}>\r\n\r\n"
        )
        caller.settimeout(10)
        caller.send(invite.encode())
        assert caller.recv(2000).startswith(b"SIP/2.0 100 ")
        one.process.send_signal(signal.SIGINT)
        while not one.get("/state")["closed"]:
            assert caller.recv(2000).startswith(b"SIP/2.0 ")
        one.process.send_signal(signal.SIGINT)
        assert "gotone: 1 calls, 1 answered" in one.process.communicate(timeout=10)[0]


def test_the_commands_of_its_page_open_a_hotline() -> None:
    shown = re.findall(r"^dialtest sandbox hotline (.*?)(?:  #.*)?$", PAGE, re.MULTILINE)
    assert 2 == len(shown)
    for options in shown:
        with opened(*options.split(), "--sip-port", "0", "--http-port", "0") as one:
            assert not one.get("/state")["closed"]
            one.close()
            assert 0 == one.process.returncode


def test_its_page_names_everything_it_shows() -> None:
    names = [name for struct in (State, BrandState, Record, Records) for name in struct.__struct_fields__]
    assert [] == [name for name in names if f"`{name}`" not in PAGE]
