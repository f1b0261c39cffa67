"""`dialtest sandbox hotline` says what is wrong with what it was given, and how to write it."""

from __future__ import annotations

import pytest
from click.testing import CliRunner

from dialtest.commands import cli
from dialtest.errors import DialtestError

EVERYWHERE = ".".join("0000")


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--agents", "mzone"], "--agents mzone"),
        (["--agents", "mzone=-1"], "--agents mzone=-1"),
        (["--agents", "mzone=1000000"], "--agents"),
        (["--agents", "nobody=1"], "nobody"),
        (["--starts", "tomorrow"], "--starts tomorrow"),
        (["--starts", "2006-09-05T10:00:00"], "--starts"),
        (["--digest", "ring"], "--digest"),
        (["--host", EVERYWHERE], EVERYWHERE),
        (["--host", "localhost"], "localhost"),
        (["--host", "192.0.2.1"], "192.0.2.1"),
        (["--policy", "no-such-policy"], "no-such-policy"),
    ],
)
def test_a_wrong_option_is_named(options: list[str], said: str) -> None:
    result = CliRunner().invoke(cli, ["sandbox", "hotline", "--sip-port", "0", "--http-port", "0", *options])
    assert isinstance(result.exception, DialtestError)
    assert (True, 2) == (said in result.exception.problem, result.exception.exit_code)
    assert result.exception.remedy


def test_a_market_without_a_hotline_has_none_to_serve() -> None:
    result = CliRunner().invoke(cli, ["sandbox", "hotline", "--policy", "uk-premium-2019"])
    assert isinstance(result.exception, DialtestError)
    assert "uk-premium-2019" in result.exception.problem
