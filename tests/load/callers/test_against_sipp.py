"""Our callers against sipp, a SIP telephone nobody here wrote."""

from __future__ import annotations

import select
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from random import Random

import numpy as np

from load.callers.books import Books, spread
from load.callers.line import Line
from load.callers.share import Share
from load.callers.switchboard import PlanClock, Switchboard
from tests.load.callers.made import BRANDS, calls

ANSWERS = """<?xml version="1.0"?><scenario name="answers">
<recv request="INVITE" crlf="true" rrs="true"/>
<send><![CDATA[{ringing}]]></send>
<send retrans="500"><![CDATA[{ok}]]></send>
<recv request="ACK" rtd="true"/>
<recv request="BYE">{route}</recv>
<send><![CDATA[{bye_ok}]]></send>
<timewait milliseconds="20000"/>{used}</scenario>"""
ROUTE = """<action><ereg regexp="lr;first" search_in="hdr" header="Route:" check_it="true" assign_to="1"/>
</action>"""
RINGS_UNTIL_CANCEL = """<?xml version="1.0"?><scenario name="rings">
<recv request="INVITE"/>
<send><![CDATA[{ringing}]]></send>
<recv request="CANCEL"/>
<send><![CDATA[{cancel_ok}]]></send>
<send retrans="500"><![CDATA[{terminated}]]></send>
<recv request="ACK"/></scenario>"""
REFUSES = """<?xml version="1.0"?><scenario name="refuses">
<recv request="INVITE"/>
<send retrans="500"><![CDATA[{busy}]]></send>
<recv request="ACK"/></scenario>"""
HANGS_UP = """<?xml version="1.0"?><scenario name="hangs up">
<recv request="INVITE"><action>
<ereg regexp="[^\r\n]+" search_in="hdr" header="From:" assign_to="caller"/>
<ereg regexp="[^\r\n]+" search_in="hdr" header="To:" assign_to="called"/></action></recv>
<send retrans="500"><![CDATA[{ok}]]></send>
<recv request="ACK"/>
<pause milliseconds="50"/>
<send retrans="500"><![CDATA[BYE sip:caller@[remote_ip]:[remote_port] SIP/2.0
Via: SIP/2.0/[transport] [local_ip]:[local_port];branch=[branch]
From: [$called];tag=[pid]SIPpTag[call_number]
To: [$caller]
[last_Call-ID:]
CSeq: 1 BYE
Max-Forwards: 70
Content-Length: 0

]]></send>
<recv response="200"/></scenario>"""
CHALLENGES = """<?xml version="1.0"?><scenario name="challenges">
<recv request="INVITE"/>
<send><![CDATA[{challenge}]]></send>
<recv request="ACK"/>
<recv request="INVITE" auth="true"><action><verifyauth assign_to="good" username="13800000000" password="secret"/>
</action></recv>
<nop hide="true" test="good" next="right"/>
<send><![CDATA[{forbidden}]]></send>
<recv request="ACK" next="end"/>
<label id="right"/>
<send retrans="500"><![CDATA[{ok}]]></send>
<recv request="ACK"/>
<recv request="BYE"/>
<send><![CDATA[{bye_ok}]]></send>
<label id="end"/></scenario>"""


LONGEST_S = 25.0


def said(status: str, cseq: str = "[last_CSeq:]", further: str = "") -> str:
    contact = "\nContact: <sip:[local_ip]:[local_port];transport=[transport]>" if status[:2] in ("18", "20") else ""
    return (
        f"SIP/2.0 {status}\n[last_Via:]\n[last_From:]\n[last_To:];tag=[pid]SIPpTag[call_number]\n"
        f"[last_Call-ID:]\n{cseq}{contact}{further}\nContent-Length: 0\n\n"
    )


def within(status: str) -> str:
    """An answer to a request whose To has its tag already."""
    return (
        f"SIP/2.0 {status}\n[last_Via:]\n[last_From:]\n[last_To:]\n[last_Call-ID:]\n[last_CSeq:]\nContent-Length: 0\n\n"
    )


TEXTS = {
    "ringing": said("180 Ringing"),
    "ok": said("200 OK"),
    "bye_ok": within("200 OK"),
    "busy": said("486 Busy Here"),
    "cancel_ok": said("200 OK"),
    "terminated": said("487 Request Terminated", "CSeq: 1 INVITE"),
    "challenge": said("401 Unauthorized", further='\nWWW-Authenticate: Digest realm="hot", algorithm=MD5, nonce="n1"'),
    "forbidden": said("403 Forbidden"),
    "route": "",
    "used": "",
}


@contextmanager
def sipp(folder: Path, scenario: str, calls_expected: int, **texts: str) -> Iterator[int]:
    """sipp as the called end of one scenario; the port it listens at."""
    command = shutil.which("sipp")
    assert command is not None, "sipp is missing: make setup installs it"
    path, port = folder / "scenario.xml", free_port()
    path.write_text(filled(scenario, TEXTS | texts))
    what = ("-sf", str(path)) if scenario else ("-sn", "uas")
    started = subprocess.Popen(
        [command, *what, "-i", "127.0.0.1", "-mi", "127.0.0.1", "-p", str(port), "-nostdin", "-m", str(calls_expected),
         "-timeout", "30s", "-buff_size", "4194304", "-l", "10000"],
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=folder,
    )  # fmt: skip
    try:
        wait_until_bound(port)
        yield port
    finally:
        started.kill()
        started.wait()


def filled(scenario: str, texts: Mapping[str, str]) -> str:
    for name, text in texts.items():
        scenario = scenario.replace(f"{{{name}}}", text)
    return scenario


def free_port() -> int:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_bound(port: int) -> None:
    """A port that is taken cannot be bound again."""
    ends_s = time.monotonic() + 10
    while time.monotonic() < ends_s:
        with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                return
        time.sleep(0.02)
    raise AssertionError(f"nobody listens at {port}")


def placed(port: int, callers: int, password: str = "", lost_share: float = 0.0, **laws: float) -> Books:
    """So many callers ring there, 500 a second, over one plain socket."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as telephone:
        telephone.bind(("127.0.0.1", 0))
        telephone.setblocking(False)
        line = Line(("127.0.0.1", port), telephone.getsockname(), BRANDS, "c0ffee", password=password)
        chance = Random(2006)
        books, begins_s = Books(len(BRANDS), 1.0), time.monotonic()

        def post(datagram: bytes, hop: tuple[str, int]) -> bool:
            if chance.random() >= lost_share:
                telephone.sendto(datagram, hop)
            return True

        share = Share.of_calls(calls(np.arange(callers) / 500, **laws), 1e9)  # type: ignore[arg-type]
        board = Switchboard(share, line, books, PlanClock(begins_s, 1.0), post, lambda *_: None, BRANDS)
        while not board.over and time.monotonic() < begins_s + LONGEST_S:
            pause_s = max(board.advance(time.monotonic()) - time.monotonic(), 0.0)
            if select.select([telephone], [], [], min(pause_s, 0.2))[0]:
                board.receive(*telephone.recvfrom(65_535), time.monotonic())
        assert [] == [(one.state, one.outcome) for one in board.calls.values()]
        assert board.over
        return books


def test_sipp_answers_our_callers_who_hang_up_after_their_handle_time(tmp_path: Path) -> None:
    with sipp(tmp_path, ANSWERS, 300) as port:
        books = placed(port, 300, handle_s=0.1)
    assert (300, 300, {}) == (books.tallies[1].attempts, books.tallies[1].answered, books.failures)


def test_sipps_own_called_end_answers_our_callers_too(tmp_path: Path) -> None:
    with sipp(tmp_path, "", 50) as port:
        books = placed(port, 50, handle_s=0.05)
    assert (50, {}) == (books.tallies[1].answered, books.failures)


def test_a_refusal_of_sipp_is_acknowledged_and_makes_the_call_busy(tmp_path: Path) -> None:
    with sipp(tmp_path, REFUSES, 100) as port:
        books = placed(port, 100)
        assert (100, {}) == (books.tallies[1].busy, books.failures)


def test_callers_who_lose_patience_are_cancelled_at_sipp(tmp_path: Path) -> None:
    with sipp(tmp_path, RINGS_UNTIL_CANCEL, 100) as port:
        books = placed(port, 100, patience_s=0.2)
    assert (100, {}) == (books.tallies[1].abandoned, books.failures)


def test_requests_take_the_route_that_sipp_records(tmp_path: Path) -> None:
    """sipp fails a call whose BYE does not bring the Route headers it has recorded, last one first."""
    here = "<sip:[local_ip]:[local_port];lr;"
    recorded = said("200 OK", further=f"\nRecord-Route: {here}second>\nRecord-Route: {here}first>")
    with sipp(tmp_path, ANSWERS, 20, ok=recorded, route=ROUTE, used='<Reference variables="1"/>') as port:
        books = placed(port, 20, handle_s=0.05)
    assert (20, {}) == (books.tallies[1].answered, books.failures)


def test_sipp_may_hang_up(tmp_path: Path) -> None:
    with sipp(tmp_path, HANGS_UP, 20) as port:
        books = placed(port, 20, handle_s=3600.0)
    assert (20, {}) == (books.tallies[1].answered, books.failures)


def test_sipp_accepts_our_answer_to_its_challenge(tmp_path: Path) -> None:
    with sipp(tmp_path, CHALLENGES, 1) as port:
        books = placed(port, 1, password="secret", handle_s=0.05)
    assert (1, {}) == (books.tallies[1].answered, books.failures)


def test_datagrams_that_get_lost_are_made_good_by_sending_again(tmp_path: Path) -> None:
    """One in ten of ours is lost, and one in ten of sipp's 180 and of its answers to BYE."""
    with sipp(tmp_path, ANSWERS.replace("<send><", '<send lost="10"><'), 60) as port:
        books = placed(port, 60, lost_share=0.1, handle_s=2.5)
    assert (60, {}) == (books.tallies[1].answered, books.failures)
    assert spread(books.times["answer"]).most_s > 0.4
