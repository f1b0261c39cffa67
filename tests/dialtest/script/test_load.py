"""Scenario files are found from anywhere, and a broken one is told with file and line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from hashlib import sha256
from importlib.metadata import entry_points
from pathlib import Path

import pytest

from dialtest.errors import DialtestError
from dialtest.folder.checking import check_folder
from dialtest.script.load import load_file, load_folder, load_source, shipped_folder
from tests.dialtest.campaign.campaign_folder import add_scenario, new_folder

ROOT = Path(__file__).parents[3]
OWN = '''
"""A scenario of one's own."""

from dialtest.script import Dial, any_service, scenario


@scenario("own", fits=any_service, clauses=("D4",))
async def own(dial: Dial) -> None:
    """Read the bill."""
    await dial.bill()
'''
LOOK = """
import json, sys
from pathlib import Path
from dialtest.folder.scenario_files import load_scenarios
from dialtest.problem import Problems
from dialtest.script.load import shipped_folder
_, found = load_scenarios(Path(sys.argv[1]), Problems())
print(json.dumps([str(shipped_folder()), "own" in found, "keep-through-first-bill" in found]))
"""
BOTH = [str(ROOT / "scenarios"), True, True]


def looked(arguments: list[str], cwd: Path) -> object:
    """What a Python started in `cwd` finds."""
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    command = [sys.executable, *arguments]
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


def campaign_with_own(parent: Path) -> Path:
    """A campaign folder with a scenario of its own."""
    folder = new_folder(parent)
    add_scenario(folder, OWN)
    return folder


def written(folder: Path, text: str | bytes, name: str = "own.py") -> Path:
    """A scenario file."""
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def told(path: Path) -> str:
    """What is said about a file that does not load."""
    with pytest.raises(DialtestError) as caught:
        load_file(path)
    assert caught.value.remedy
    return caught.value.problem


# Found


def test_the_shipped_scenarios_are_those_of_the_entry_point() -> None:
    assert ["scenarios"] == [point.module for point in entry_points(group="dialtest.scenarios", name="shipped")]
    assert ROOT / "scenarios" == shipped_folder()


def test_a_name_nobody_registered_is_told() -> None:
    with pytest.raises(DialtestError, match="No scenarios are registered as “elsewhere”"):
        shipped_folder("elsewhere")


@pytest.mark.parametrize("package", [False, True], ids=["a plain folder", "a package"])
@pytest.mark.parametrize("inside", ["", "scenarios"], ids=["the campaign", "its scenarios"])
def test_shipped_and_own_scenarios_are_found_from_inside_a_campaign(tmp_path: Path, package: bool, inside: str) -> None:
    folder = campaign_with_own(tmp_path)
    if package:
        (folder / "scenarios" / "__init__.py").write_text("")
    assert BOTH == looked(["-c", LOOK, str(folder)], folder / inside)


def test_shipped_and_own_scenarios_are_found_by_a_script_that_lies_in_a_campaign(tmp_path: Path) -> None:
    folder = campaign_with_own(tmp_path)
    (folder / "scenarios" / "__init__.py").write_text("")
    (folder / "look.py").write_text(LOOK)
    assert BOTH == looked([str(folder / "look.py"), "."], folder)


def test_a_campaigns_own_scenarios_are_found_by_a_relative_path(tmp_path: Path) -> None:
    campaign_with_own(tmp_path)
    assert BOTH == looked(["-c", LOOK, "campaign"], tmp_path)


def test_files_are_taken_by_name_and_those_beginning_with_an_underscore_are_left(tmp_path: Path) -> None:
    for name in ("b.py", "a.py", "_template.py", "notes.txt"):
        written(tmp_path, OWN, name)
    assert ["a.py", "b.py"] == [Path(file.path).name for file in load_folder(tmp_path)]


def test_a_folder_that_is_not_there_has_no_scenarios(tmp_path: Path) -> None:
    assert () == load_folder(tmp_path / "nowhere")


# Loaded


def test_a_file_tells_its_text_its_digest_and_its_scenarios(tmp_path: Path) -> None:
    file = load_file(written(tmp_path, OWN))
    digest = sha256(OWN.encode()).hexdigest()
    assert (OWN, digest) == (file.text, file.digest)
    assert [("own", digest)] == [(scenario.name, scenario.source) for scenario in file.scenarios]


def test_the_frozen_text_makes_the_same_scenarios_as_the_file(tmp_path: Path) -> None:
    file = load_file(written(tmp_path, OWN))
    assert [("own", file.digest)] == [(one.name, one.source) for one in load_source(file.text, "frozen").scenarios]


def test_loading_leaves_no_module_behind(tmp_path: Path) -> None:
    before = set(sys.modules)
    load_file(written(tmp_path, OWN))
    assert before == set(sys.modules)


@pytest.mark.parametrize("text", ["", "# nothing yet\n"])
def test_an_empty_file_has_no_scenarios(tmp_path: Path, text: str) -> None:
    assert () == load_file(written(tmp_path, text)).scenarios


def test_a_byte_order_mark_and_line_ends_of_another_system_do_no_harm(tmp_path: Path) -> None:
    text = b"\xef\xbb\xbf" + OWN.replace("\n", "\r\n").encode()
    assert ["own"] == [scenario.name for scenario in load_file(written(tmp_path, text)).scenarios]


# Broken


def test_a_syntax_error_is_told_once_with_file_and_line(tmp_path: Path) -> None:
    path = written(tmp_path, "x = 1\nasync def own(dial:\n    pass\n")
    assert f"The scenario file {path}, line 2 does not run: SyntaxError: '(' was never closed." == told(path)


def test_an_await_in_a_plain_function_is_told_with_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, OWN.replace("async def", "def"))
    assert f"{path}, line 10 does not run: SyntaxError: 'await' outside async function." in told(path)


@pytest.mark.parametrize(
    ("statement", "says"),
    [
        ("raise ValueError('no')", "ValueError: no"),
        ("raise SystemExit(0)", "SystemExit: 0"),
        ("import nowhere_at_all", "ModuleNotFoundError: No module named 'nowhere_at_all'"),
        ("from dialtest.script import Dail", "ImportError: cannot import name 'Dail'"),
        ("1 / 0", "ZeroDivisionError: division by zero"),
    ],
)
def test_a_file_that_raises_is_told_with_file_and_line(tmp_path: Path, statement: str, says: str) -> None:
    path = written(tmp_path, f"x = 1\n\n{statement}\n")
    assert f"{path}, line 3 does not run: {says}" in told(path)


def test_a_mistake_in_the_decorator_is_told_with_the_file_and_its_line(tmp_path: Path) -> None:
    path = written(tmp_path, OWN.replace('("D4",)', '"D4"'))
    assert f"{path}, line 7 does not run: TypeError: clauses is 'D4'" in told(path)


def test_an_interrupt_while_a_file_is_read_is_the_users() -> None:
    with pytest.raises(KeyboardInterrupt):
        load_source("raise KeyboardInterrupt", "own.py")


def test_a_file_that_is_no_text_is_told_with_the_line_where_that_shows(tmp_path: Path) -> None:
    path = written(tmp_path, b"x = 1\n\xff\xfe\x00")
    assert f"The scenario file {path}, line 2 is not UTF-8." == told(path)


def test_a_file_in_another_encoding_is_told_with_the_line_where_that_shows(tmp_path: Path) -> None:
    path = written(tmp_path, "x = 1\n\n# 定购\n".encode("gb18030"))
    assert f"The scenario file {path}, line 3 is not UTF-8." == told(path)


def test_a_file_with_null_bytes_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, b"x = 1\x00\n")
    assert f"The scenario file {path}" in told(path)


def test_a_huge_file_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "own.py"
    with path.open("wb") as file:
        file.truncate(1_000_001)
    assert f"The scenario file {path} is larger than 1 MB." == told(path)


def test_a_file_nested_too_deeply_is_told(tmp_path: Path) -> None:
    path = written(tmp_path, "x = " + "(" * 5_000 + ")" * 5_000)
    assert f"The scenario file {path}" in told(path)


def test_a_folder_or_a_pipe_in_place_of_a_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "folder.py").mkdir()
    os.mkfifo(tmp_path / "pipe.py")
    for name in ("folder.py", "pipe.py", "nowhere.py"):
        assert f"The scenario file {tmp_path / name} is no file." == told(tmp_path / name)


def test_a_broken_file_of_a_campaign_is_told_among_its_problems_and_hides_no_other(tmp_path: Path) -> None:
    folder = new_folder(tmp_path)
    paths = [add_scenario(folder, "(", "first.py"), add_scenario(folder, "1 / 0", "second.py")]
    said = [str(problem) for problem in check_folder(folder).problems]
    assert [True, True] == [
        any(f"{path}, line 1 does not run: {error}" in text for text in said)
        for path, error in zip(paths, ("SyntaxError", "ZeroDivisionError"), strict=True)
    ], said
