"""`dialtest surge erlang` as a planner uses it."""

import json
from collections.abc import Iterator
from math import inf

import pytest
from click.testing import CliRunner, Result

from dialtest.commands import cli
from dialtest.errors import DialtestError
from dialtest.language import speaking
from load.theory.erlang_a import erlang_a
from load.theory.erlang_b import erlang_b
from load.theory.erlang_c import erlang_c
from load.theory.finite_queue import finite_queue

KEYS = ["p_wait", "p_abandon", "mean_wait_s", "wait_p90_s", "service_level", "utilisation", "blocking"]
FIFTY = "--agents 50 --calls-per-hour 2880 --handle-s 60 --within-s 20"


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with speaking("en"):
        yield


def asked(words: str) -> Result:
    return CliRunner().invoke(cli, ["surge", "erlang", *words.split()])


def figures(words: str) -> dict[str, float | None]:
    found: dict[str, float | None] = json.loads(asked(words + " --json").stdout)
    return found


def test_impatient_callers() -> None:
    exact = erlang_a(50, 2880, 60, 120)
    expected = [exact.p_wait, exact.p_abandon, exact.mean_wait_s, exact.wait_quantile_s(0.9), exact.service_level(20),
                exact.utilisation, None]  # fmt: skip
    assert dict(zip(KEYS, expected, strict=True)) == figures(f"--model a --patience-s 120 {FIFTY}")


def test_patient_callers() -> None:
    exact = erlang_c(50, 2880, 60)
    expected = [exact.p_wait, None, exact.mean_wait_s, exact.wait_quantile_s(0.9), exact.service_level(20), 0.96, None]
    assert dict(zip(KEYS, expected, strict=True)) == figures(f"--model c {FIFTY}")


def test_callers_who_are_lost() -> None:
    exact = erlang_b(50, 2880, 60)
    expected = [None, None, None, None, exact.service_level(), exact.utilisation, exact.blocking]
    assert dict(zip(KEYS, expected, strict=True)) == figures(f"--model b {FIFTY}")


@pytest.mark.parametrize(("model", "patience_s"), [("a --patience-s 120", 120), ("c", inf)])
def test_a_queue_that_can_be_full(model: str, patience_s: float) -> None:
    found, exact = figures(f"--model {model} --places 10 {FIFTY}"), finite_queue(50, 10, 2880, 60, patience_s)
    assert KEYS == list(found)
    assert (exact.blocking, exact.p_wait, exact.p_abandon) == (found["blocking"], found["p_wait"], found["p_abandon"])


def test_the_table_says_what_each_figure_means() -> None:
    shown = asked(f"--model a --patience-s 120 {FIFTY}")
    assert 0 == shown.exit_code
    for words in ("46.78%", "3.71 s", "12.44 s", "answered within 20 s", "calls given up"):
        assert words in shown.output


def test_a_target_is_answered_with_agents() -> None:
    words = "--target 0.8 --calls-per-hour 200 --handle-s 180"
    assert 13 == figures(f"--model a --patience-s 300 {words}")["agents"]
    assert 14 == figures(f"--model c {words}")["agents"]
    assert ["agents", *KEYS] == list(figures(f"--model c {words}"))
    assert "14 agents are needed." in asked(f"--model c {words}").output


def test_a_target_may_be_about_another_figure() -> None:
    found = figures("--model b --target 0.01 --measure blocking --calls-per-hour 6000 --handle-s 60")
    assert 117 == found["agents"]
    words = "--model a --patience-s 60 --calls-per-hour 6000 --handle-s 180"
    rate = figures(f"{words} --target 0.8 --measure connection_rate")
    assert rate["p_abandon"] is not None
    assert rate["p_abandon"] <= 0.2


def test_an_endless_queue_is_said_in_words_and_has_no_mean() -> None:
    shown = asked("--model c --agents 40 --calls-per-hour 2880 --handle-s 60 --json")
    found = json.loads(shown.stdout)
    assert [1.0, None, None, None, 0.0, 1.0, None] == [found[key] for key in KEYS]
    assert isinstance(shown.exception, DialtestError)
    assert 2 == shown.exception.exit_code
    assert "48 erlangs of calls for 40 agents: nobody gives up, the queue grows without bound." in str(shown.exception)
    assert "49 agents" in shown.exception.remedy


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("--model a --patience-s 9 --agents 0 --calls-per-hour 9 --handle-s 9", "The number of agents: 0 was found"),
        ("--model c --agents -5 --calls-per-hour 9 --handle-s 9", "The number of agents: -5 was found"),
        ("--model b --agents 200000 --calls-per-hour 9 --handle-s 9", "a number from 1 to 100,000"),
        (f"--model b --agents 1{'0' * 400} --calls-per-hour 9 --handle-s 9", "a number from 1 to 100,000"),
        ("--model b --agents 5 --calls-per-hour nan --handle-s 9", "Calls an hour: nan was found"),
        ("--model b --agents 5 --calls-per-hour 9 --handle-s -9", "The handle time in seconds: -9 was found"),
        ("--model a --agents 5 --calls-per-hour 9 --handle-s 9 --patience-s -1", "The patience in seconds: -1"),
        ("--model a --agents 5 --calls-per-hour 9 --handle-s 9 --patience-s nan", "The patience in seconds: nan"),
        ("--model a --agents 5 --calls-per-hour 9 --handle-s 9", "Model a needs --patience-s"),
        ("--model c --agents 5 --calls-per-hour 9 --handle-s 9 --within-s inf", "to be answered within: inf was found"),
        ("--model c --calls-per-hour 9 --handle-s 9", "Either --agents or --target"),
        ("--model c --agents 5 --target 0.8 --calls-per-hour 9 --handle-s 9", "Either --agents or --target"),
        ("--model c --target 80 --calls-per-hour 9 --handle-s 9", "A share: 80 was found"),
        ("--model c --agents 5 --measure p_wait --calls-per-hour 9 --handle-s 9", "there is no --target"),
        ("--model c --target 0.5 --places 5 --calls-per-hour 9 --handle-s 9", "--places goes with --agents"),
        ("--model b --agents 5 --places 5 --calls-per-hour 9 --handle-s 9", "nobody waits"),
        ("--model c --agents 5 --places -1 --calls-per-hour 9 --handle-s 9", "Waiting places: -1 was found"),
        ("--model c --target 0.8 --calls-per-hour 1e9 --handle-s 9000", "More than 100,000 agents"),
    ],
)
def test_bad_input_is_told(words: str, told: str) -> None:
    failed = asked(words).exception
    assert isinstance(failed, DialtestError)
    assert (2, True) == (failed.exit_code, told in failed.problem), failed.problem


@pytest.mark.parametrize("words", ["--model d", "--model a --agents 5.5", "--model a --agents 5 --handle-s x", ""])
def test_words_that_are_no_numbers_are_told_too(words: str) -> None:
    shown = asked(f"{words} --calls-per-hour 9")
    assert (2, "") == (shown.exit_code, shown.stdout)
    assert "Error:" in shown.stderr


def test_chinese_is_spoken_by_default() -> None:
    with speaking("zh"):
        assert "九成来电人的等待不超过此值" in asked(f"--model a --patience-s 120 {FIFTY}").output
