"""The verbs adverts claims and adverts page, as a user types them."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from dialtest.commands import cli
from dialtest.errors import CouldNotTest, DialtestError
from dialtest.language import speaking

PAGE = (
    "<!doctype html><meta charset=utf-8><p>Subscription £3 per week</p><form action='/order'>"
    "<label><input type=checkbox checked>More</label><button>Subscribe</button></form>"
)


def typed(*words: object, given: bytes | None = None) -> Result:
    with speaking("en"):
        return CliRunner().invoke(cli, [str(word) for word in words], input=given)


class Answers(BaseHTTPRequestHandler):
    """A page, a redirect to it, a redirect without end, an error, and GB18030 that only the header tells of."""

    def do_GET(self) -> None:
        if self.path in ("/moved", "/round"):
            self.send_response(302)
            self.send_header("Location", "/page" if self.path == "/moved" else "/round")
            self.end_headers()
            return
        self.send_response(404 if self.path == "/none" else 200)
        chinese = self.path == "/chinese"
        self.send_header("Content-Type", "text/html; charset=gb18030" if chinese else "text/html")
        self.end_headers()
        self.wfile.write("<p>信息费3元/月</p>".encode("gb18030") if chinese else PAGE.encode())

    def log_message(self, format: str, *args: object) -> None:
        """Tests print nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = HTTPServer(("127.0.0.1", 0), Answers)
    serving = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    serving.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    serving.join()
    server.server_close()


def test_claims_prints_one_json_object_per_text_in_order(tmp_path: Path) -> None:
    file = tmp_path / "adverts.jsonl"
    file.write_text(
        '{"id": "b", "text": "Txt TONE to 81234. £1.50/msg"}\n{"id": 2, "text": "信息费3元/月"}\n', encoding="utf-8"
    )
    first, second = (json.loads(line) for line in typed("adverts", "claims", file, "--json").output.splitlines())
    assert {
        "id": "b",
        "free": False,
        "prices": [{"amount_minor": 150, "currency": "GBP", "unit": "per_message"}],
        "period": None,
        "keyword": "TONE",
        "shortcode": "81234",
        "call_number": None,
        "subscription": False,
        "opt_out": False,
    } == first
    assert (2, "month", True) == (second["id"], second["period"], second["subscription"])


def test_claims_reads_plain_lines_from_the_standard_input() -> None:
    printed = typed("adverts", "claims", "-", "--json", given="信息费3元/月\n\n每条1元\n".encode("gbk")).output
    assert [(1, 300), (3, 100)] == [
        (record["id"], record["prices"][0]["amount_minor"]) for record in map(json.loads, printed.splitlines())
    ]


def test_claims_prints_a_table_for_people() -> None:
    printed = typed("adverts", "claims", "-", given=b"FREE! Txt TONE to 81234. 150p/msg, txt STOP 2 end").output
    assert [] == [words for words in ("1.50 GBP", "TONE", "81234", "yes") if words not in printed]


def test_claims_does_not_let_a_text_steer_the_terminal() -> None:
    printed = typed("adverts", "claims", "-", given=b'{"id": "\\u001b[2J", "text": "Txt TONE to 81234"}').output
    assert "\x1b" not in printed


@pytest.mark.parametrize("given", [b"", b"\x00\x01"])
def test_claims_refuses_what_is_no_text(given: bytes) -> None:
    refused = typed("adverts", "claims", "-", given=given)
    assert isinstance(refused.exception, DialtestError)
    assert 2 == refused.exception.exit_code


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    refused = typed("adverts", "page", tmp_path / "none.html").exception
    assert isinstance(refused, DialtestError)
    assert refused.problem.endswith("none.html cannot be read: No such file or directory.")


def test_page_tells_what_a_page_does(tmp_path: Path) -> None:
    file = tmp_path / "landing.html"
    file.write_text(PAGE, encoding="utf-8")
    read = json.loads(typed("adverts", "page", file, "--json").output)
    assert (True, ["More"], False) == (read["price_visible"], read["preticked"], read["price_distance"]["far"])
    told = typed("adverts", "page", file).output
    assert [] == [words for words in ("3.00 GBP per week", "Subscribe → /order", "More") if words not in told]


@pytest.mark.parametrize("path", ["/page", "/moved"])
def test_page_reads_a_url_and_follows_redirects(site: str, path: str) -> None:
    read = json.loads(typed("adverts", "page", site + path, "--json").output)
    assert (site + path, 300) == (read["id"], read["prices"][0]["amount_minor"])


def test_page_believes_the_encoding_of_the_header(site: str) -> None:
    read = json.loads(typed("adverts", "page", site + "/chinese", "--json").output)
    assert [{"amount_minor": 300, "currency": "CNY", "unit": "per_month"}] == read["prices"]


@pytest.mark.parametrize("url", ["{site}/none", "{site}/round", "http://127.0.0.1:9/", "http://"])
def test_a_url_that_gives_no_page_could_not_be_tested(site: str, url: str) -> None:
    refused = typed("adverts", "page", url.format(site=site)).exception
    assert isinstance(refused, CouldNotTest)
    assert 3 == refused.exit_code


@pytest.mark.parametrize("verb", ["claims", "page"])
def test_help_has_an_example(verb: str) -> None:
    assert f"Example:  dialtest adverts {verb} " in typed("adverts", verb, "--help").output
