"""`pytest --dialtest DIR`: one test per scenario and service, failing with the finding; other runs stay undisturbed."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from dialtest.campaign import pytest_items
from dialtest.folder.campaign import open_campaign
from dialtest.language import speaking
from tests.dialtest.campaign.campaign_folder import add_scenario, new_folder, set_to

pytest_plugins = "pytester"
KEPT = pytest_items  # imported here once, so that not every run inside this one imports the machine anew

QUIET = ("-p", "no:cacheprovider", "-p", "no:hypothesispytest", "-p", "no:faker", "-p", "no:anyio")
FAULT = """
[[sandbox.fault]]
name = "charge-over-tariff"
services = ["{service}"]
"""
OWN = '''
"""Own."""

from dialtest.script import CannotTest, Dial, any_service, scenario


@scenario("own", fits=any_service, clauses=("D4",), orders=False)
async def own(dial: Dial) -> None:
    """Try, and give up."""
    await dial.bill()
    raise CannotTest("the <page> asks to read a picture")
'''
BROKEN_FITS = '''
"""Own."""

from dialtest.script import Dial, scenario


@scenario("own", fits=lambda service: service.price > 1, clauses=("D4",))
async def own(dial: Dial) -> None:
    """Read the bill."""
    await dial.bill()
'''


@pytest.fixture(autouse=True)
def in_english(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("DIALTEST_LANG", "en")
    with speaking("en"):
        yield


@pytest.fixture
def folder(pytester: pytest.Pytester) -> Path:
    """A campaign as `dialtest init` makes it: two services, one of them charging too much."""
    made = new_folder(pytester.path)
    with (made / "dialtest.toml").open("a", encoding="utf-8") as settings:
        settings.write(FAULT.format(service=cheat(made)))
    return made


def cheat(folder: Path) -> str:
    """The key of the first service."""
    return min(open_campaign(folder).services)


def told(result: pytest.RunResult) -> str:
    """Everything a run printed."""
    return "\n".join((*result.outlines, *result.errlines))


def cases(file: Path) -> dict[str, tuple[str, str]]:
    """Each test of a JUnit file: how it ended, and with which text."""
    ended = {}
    for case in ElementTree.parse(file).getroot().iter("testcase"):  # noqa: S314 - written a moment ago by pytest
        child = next((one for one in case if one.tag in ("failure", "skipped", "error")), None)
        ended[str(case.get("name"))] = (child.tag, f"{child.get('message')} {child.text}") if child is not None else (
            "passed", "",
        )  # fmt: skip
    return ended


def test_there_is_one_test_for_every_scenario_and_service_that_fit(pytester: pytest.Pytester, folder: Path) -> None:
    campaign = open_campaign(folder)
    result = pytester.runpytest(*QUIET, "--dialtest", folder, "--collect-only", "-q")
    expected = {
        f"{name}[{key}]"
        for name, scenario in campaign.scenarios.items()
        for key, service in campaign.services.items()
        if scenario.fits(service) and "CN" in (scenario.markets or ("CN",))
    }
    assert expected == {line.partition("::")[2] for line in result.outlines if "::" in line}
    assert 0 == result.ret


def test_a_breach_fails_the_tests_of_the_service_that_commits_it_with_the_findings_text(
    pytester: pytest.Pytester, folder: Path
) -> None:
    result = pytester.runpytest(*QUIET, "--dialtest", folder, "--junitxml", "dials.xml")
    ended = cases(pytester.path / "dials.xml")
    failed = {name: text for name, (how, text) in ended.items() if how == "failure"}
    assert {"passed", "failure"} == {how for how, _ in ended.values()}
    assert f"keep-through-first-bill[{cheat(folder)}]" in failed
    assert {cheat(folder)} == {name.partition("[")[2].rstrip("]") for name in failed}
    assert all("charge-over-tariff (critical, " in text for text in failed.values())
    assert "Captured evidence call" in told(result)
    assert "Traceback" not in told(result)
    assert 1 == result.ret


def test_the_tests_of_a_clean_campaign_pass(pytester: pytest.Pytester) -> None:
    folder = new_folder(pytester.path)
    result = pytester.runpytest(*QUIET, "--dialtest", folder)
    outcomes = result.parseoutcomes()
    assert {"passed"} == set(outcomes)
    assert outcomes["passed"] >= 10


@pytest.mark.parametrize(
    ("expression", "count"), [("keep-through-first-bill", 2), ("新浪 and keep", 1), ("wap and keep", 1), ("own", 0)]
)
def test_tests_are_chosen_by_scenario_service_provider_and_type(
    pytester: pytest.Pytester, folder: Path, expression: str, count: int
) -> None:
    result = pytester.runpytest(*QUIET, "--dialtest", folder, "--collect-only", "-q", "-k", expression)
    assert count == sum("::" in line for line in result.outlines)


def test_a_test_is_chosen_by_its_id_as_pytest_prints_it(pytester: pytest.Pytester, folder: Path) -> None:
    result = pytester.runpytest(*QUIET, "--dialtest", folder, "--collect-only", "-q")
    shown = next(line for line in result.outlines if "keep-through" in line)
    result = pytester.runpytest(*QUIET, "--dialtest", "campaign", shown)
    assert 1 == sum(result.parseoutcomes().values())


def test_two_workers_find_what_one_finds(pytester: pytest.Pytester, folder: Path) -> None:
    chosen = (*QUIET, "--dialtest", folder, "-k", "keep or month-end or per-use")
    pytester.runpytest(*chosen, "--junitxml", "one.xml")
    result = pytester.runpytest_subprocess(*chosen, "--junitxml", "two.xml", "-n", "2")
    assert "2 workers" in told(result)
    assert cases(pytester.path / "one.xml") == cases(pytester.path / "two.xml")


@pytest.mark.parametrize("inside", ["", "scenarios"])
def test_a_campaign_is_dialled_from_inside_itself(
    pytester: pytest.Pytester, folder: Path, inside: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "scenarios" / "__init__.py").write_text("")
    monkeypatch.chdir(folder / inside)
    arguments = [sys.executable, "-m", "pytest", *QUIET, "--dialtest", ".." if inside else ".", "-k", "keep", "-q"]
    done = subprocess.run(arguments, capture_output=True, text=True, check=False)
    assert ("1 failed, 1 passed", 1) == (", ".join(done.stdout.splitlines()[-1].split(", ")[:2]), done.returncode)


def test_a_dial_that_could_not_be_made_is_skipped_with_its_reason(pytester: pytest.Pytester, folder: Path) -> None:
    add_scenario(folder, OWN)
    result = pytester.runpytest(*QUIET, "--dialtest", folder, "-k", "own", "-rs", "--junitxml", "dials.xml")
    result.assert_outcomes(skipped=2)
    assert "dialtest.toml:1: the <page> asks to read a picture" in told(result)
    for how, text in cases(pytester.path / "dials.xml").values():
        assert ("skipped", True) == (how, "the <page> asks to read a picture" in text)


def test_a_campaign_without_numbers_for_a_scenario_skips_its_tests_and_says_so(
    pytester: pytest.Pytester, folder: Path
) -> None:
    numbers = (folder / "numbers.csv").read_text(encoding="utf-8").splitlines()
    (folder / "numbers.csv").write_text("\n".join(numbers[:21]) + "\n", encoding="utf-8")
    result = pytester.runpytest(*QUIET, "--dialtest", folder, "-k", "control-number", "-rs")
    result.assert_outcomes(skipped=2)
    assert "the campaign has no test number for this scenario" in told(result)


def test_a_campaign_too_short_for_a_scenario_skips_its_tests_and_says_so(
    pytester: pytest.Pytester, folder: Path
) -> None:
    set_to(folder, "# ends = 2006-12-31", "ends = 2006-06-20")
    result = pytester.runpytest(*QUIET, "--dialtest", folder, "-k", "keep", "-rs")
    result.assert_outcomes(skipped=2)
    assert "the campaign is too short for this scenario" in told(result)


def test_a_fits_that_fails_is_told_without_a_traceback(pytester: pytest.Pytester, folder: Path) -> None:
    add_scenario(folder, BROKEN_FITS)
    result = pytester.runpytest(*QUIET, "--dialtest", folder)
    result.assert_outcomes(errors=1)
    assert "`fits` of own failed: AttributeError: 'Service' object has no attribute 'price'." in told(result)
    assert "Traceback" not in told(result)


@pytest.mark.parametrize(
    ("breaks", "says"),
    [
        (lambda folder: (folder / "dialtest.toml").unlink(), "is no campaign folder"),
        (lambda folder: (folder / "dialtest.toml").write_text("name ="), "dialtest.toml"),
        (lambda folder: (folder / "catalogue.csv").write_bytes(b"\x00\xff\x00"), "catalogue.csv"),
        (lambda folder: add_scenario(folder, "(", "bad.py"), "bad.py, line 1 does not run: SyntaxError"),
        (lambda folder: set_to(folder, '"charge-over-tariff"\nser', '"charge-over-tarif"\nser'), "charge-over-tariff"),
    ],
    ids=["no settings", "broken settings", "broken catalogue", "broken scenario", "unknown fault"],
)
def test_a_bad_campaign_is_a_usage_error(pytester: pytest.Pytester, folder: Path, breaks: object, says: str) -> None:
    breaks(folder)  # type: ignore[operator]
    result = pytester.runpytest(*QUIET, "--dialtest", folder)
    assert pytest.ExitCode.USAGE_ERROR == result.ret
    assert "ERROR: --dialtest: " in told(result)
    assert says in told(result)
    assert "Traceback" not in told(result)


def test_a_folder_that_is_not_there_is_a_usage_error(pytester: pytest.Pytester) -> None:
    result = pytester.runpytest(*QUIET, "--dialtest", "nowhere")
    assert (pytest.ExitCode.USAGE_ERROR, True) == (result.ret, "nowhere is not there." in told(result))


def test_tests_named_on_the_command_line_run_beside_the_dials(pytester: pytest.Pytester, folder: Path) -> None:
    pytester.makepyfile(test_other="def test_other():\n    pass\n", test_third="def test_third():\n    pass\n")
    result = pytester.runpytest(*QUIET, "--dialtest", folder, "test_other.py", "-k", "other or keep")
    result.assert_outcomes(passed=2, failed=1)


def test_without_the_switch_nothing_is_collected_even_inside_a_campaign(
    pytester: pytest.Pytester, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(folder)
    assert pytest.ExitCode.NO_TESTS_COLLECTED == pytester.runpytest(*QUIET, str(folder)).ret


def test_without_the_switch_the_machine_is_not_even_imported(pytester: pytest.Pytester) -> None:
    pytester.makepyfile(
        """
        import sys
        HEAVY = ("dialtest.model", "dialtest.rules", "dialtest.folder.campaign", "sqlalchemy", "msgspec", "lxml")
        def test_nothing_heavy_is_there():
            assert "dialtest.campaign.pytest_plugin" in sys.modules
            assert [] == [name for name in HEAVY if name in sys.modules]
        """
    )
    pytester.runpytest_subprocess(*QUIET).assert_outcomes(passed=1)
