"""Settings: what may be said, who wins, and how a mistake is told."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from dialtest.errors import DialtestError
from dialtest.language import speaking
from dialtest.problem import BadInput
from dialtest.settings import FaultSettings, Settings, load_settings, parse_settings


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with speaking("en"):
        yield


def told(text: str, **overrides: object) -> list[str]:
    """What is wrong with these settings."""
    with pytest.raises(BadInput) as caught:
        parse_settings(text, "dialtest.toml", overrides)
    return [str(problem) for problem in caught.value.problems]


def test_an_empty_file_gives_the_defaults() -> None:
    assert Settings() == parse_settings("", "dialtest.toml")


def test_a_flag_beats_the_environment_which_beats_the_file_which_beats_the_default() -> None:
    environment = {"DIALTEST_SEED": "2", "DIALTEST_PLAN_STARTS_PER_DAY": "20"}
    settings = parse_settings("seed = 1\n[plan]\nstarts_per_day = 10", "t", {"seed": 3}, environment)
    assert (3, 20, 8) == (settings.seed, settings.plan.starts_per_day, settings.plan.dials_per_service)


def test_a_flag_that_was_not_given_changes_nothing() -> None:
    assert 7 == parse_settings("seed = 7", "t", {"seed": None}).seed


def test_lists_and_days_can_be_set_in_the_environment() -> None:
    environment = {"DIALTEST_PLAN_SCENARIOS": "one, two", "DIALTEST_STARTS": "2006-07-01"}
    settings = parse_settings("", "t", {}, environment)
    assert (("one", "two"), date(2006, 7, 1)) == (settings.plan.scenarios, settings.starts)


def test_a_number_in_the_environment_that_is_none_is_told() -> None:
    with pytest.raises(DialtestError, match=r"seed.*expected a whole number"):
        parse_settings("", "t", {}, {"DIALTEST_SEED": "many"})


def test_planted_faults_are_tables_with_a_share_and_a_day() -> None:
    first = '[[sandbox.fault]]\nname = "x"\nservices = ["1/A"]\nshare = 0.3\nsince = 2006-08-01\n'
    text = first + '[[sandbox.fault]]\nname = "y"'
    expected = (FaultSettings("x", ("1/A",), 0.3, date(2006, 8, 1)), FaultSettings("y", ("*",), 1.0, None))
    assert expected == parse_settings(text, "t").sandbox.faults


def test_an_unknown_key_suggests_the_nearest_one() -> None:
    assert ["dialtest.toml, sede: found “sede”, expected a key dialtest knows. Do you mean “seed”?"] == told("sede = 1")


def test_an_unknown_key_of_a_table_suggests_the_nearest_one_there() -> None:
    assert "“plan.dials_per_service”" in told("[plan]\ndials_per_servce = 3")[0]


def test_an_unknown_flag_is_told() -> None:
    assert "found “sedd”" in told("", sedd=1)[0]


def test_a_wrong_type_tells_key_found_and_expected() -> None:
    assert 'dialtest.toml, seed: found “"4"”, expected a whole number.' in told('seed = "4"')[0]


@pytest.mark.parametrize(
    "text",
    [
        "seed = true",
        "seed = 1.5",
        "seed = -1",
        "name = 3",
        'language = "fr"',
        'network = "ftp://carrier"',
        "plan = 3",
        "starts = 2006-07-01T10:00:00",
        'starts = "2006-07-01"',
        "starts = 2006-07-02\nends = 2006-07-01",
        "[plan]\nscenarios = [1]",
        "[plan]\ndials_per_service = 0",
        "[spend]\nper_number_fen = -5",
        "[sandbox]\nfault = 1",
        '[[sandbox.fault]]\nname = "x"\nshare = 1.5',
        '[[sandbox.fault]]\nname = "x"\nshare = nan',
        "[[sandbox.fault]]\nshare = 0.5",
    ],
)
def test_a_value_that_cannot_be_is_told_once(text: str) -> None:
    assert 1 == len(told(text))


def test_all_problems_of_a_file_are_told_at_once() -> None:
    assert 3 == len(told('seed = "x"\nnmae = "y"\n[plan]\ndials_per_service = 0'))


def test_broken_toml_tells_the_line() -> None:
    with pytest.raises(DialtestError, match="line 2"):
        parse_settings("seed = 1\nname = =", "dialtest.toml")


def test_a_missing_file_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(DialtestError) as caught:
        load_settings(tmp_path / "dialtest.toml")
    assert "dialtest init" in caught.value.remedy


@pytest.mark.parametrize(("content", "words"), [(b"\xff\xfe\x00", "UTF-8"), (b"#" * 1_000_001, "1 MB")])
def test_a_file_that_is_no_text_or_far_too_long_is_refused(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "dialtest.toml"
    path.write_bytes(content)
    with pytest.raises(DialtestError, match=words):
        load_settings(path)


def test_a_mark_at_the_beginning_of_the_file_does_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "dialtest.toml"
    path.write_text("seed = 5", encoding="utf-8-sig")
    assert 5 == load_settings(path).seed
