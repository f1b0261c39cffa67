"""What the project's own files promise: repeatable set-up, reasons beside dependencies, one way to test."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
LOCKS = ["requirements.lock", "requirements-bench.lock"]
PINNED = re.compile(r"^([a-z0-9][a-z0-9.-]*)==(\S+)", re.MULTILINE)


def lines_without_comments(name: str) -> list[str]:
    return [line for line in (ROOT / name).read_text().splitlines() if not line.lstrip().startswith("#")]


def entries(lock: str) -> list[str]:
    """One text per pinned package, its hashes included."""
    text = "\n".join(lines_without_comments(lock))
    return re.split(r"\n(?=\S)", text.strip())


def pinned_in(lock: str) -> set[tuple[str, str]]:
    """Name and version of every package; a package has several versions where Python's version decides."""
    return set(PINNED.findall((ROOT / lock).read_text()))


def names_pinned_in(lock: str) -> set[str]:
    return {name for name, _version in pinned_in(lock)}


def project() -> dict[str, object]:
    table: dict[str, object] = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    return table


def declared_dependencies() -> dict[str, list[str]]:
    """The dependency lists of pyproject.toml: `runtime`, and each extra by its name."""
    runtime, extras = project()["dependencies"], project()["optional-dependencies"]
    assert isinstance(runtime, list)
    assert isinstance(extras, dict)
    return {"runtime": runtime, **extras}


def names_of(requirements: list[str]) -> set[str]:
    return {re.split(r"[\[<>=!~ ;]", requirement)[0].lower() for requirement in requirements}


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_so_that_any_mirror_can_serve_it(lock: str) -> None:
    assert [] == [line for line in (ROOT / lock).read_text().splitlines() if "://" in line or "index" in line]


@pytest.mark.parametrize("lock", LOCKS)
def test_every_entry_of_a_lock_is_pinned_and_carries_a_hash(lock: str) -> None:
    assert [] == [text for text in entries(lock) if not PINNED.match(text) or "--hash=sha256:" not in text]


def test_the_lock_holds_every_dependency_to_run_and_to_develop() -> None:
    declared = declared_dependencies()
    assert set() == names_of(declared["runtime"] + declared["dev"]) - names_pinned_in("requirements.lock")


def test_the_bench_lock_holds_what_is_measured_against() -> None:
    assert set() == names_of(declared_dependencies()["bench"]) - names_pinned_in("requirements-bench.lock")


def test_both_locks_pin_the_same_versions_of_what_they_share() -> None:
    ours, bench = (pinned_in(lock) for lock in LOCKS)
    shared = names_pinned_in(LOCKS[0]) & names_pinned_in(LOCKS[1])
    assert {pin for pin in ours if pin[0] in shared} == {pin for pin in bench if pin[0] in shared}


def test_a_reason_stands_beside_every_dependency() -> None:
    text = (ROOT / "pyproject.toml").read_text()
    requirements = [requirement for group in declared_dependencies().values() for requirement in group]
    reasoned = set(re.findall(r'^ *"(.+)", +# .*[a-z]{3}', text, re.MULTILINE))
    assert set() == set(requirements) - reasoned


def test_dependencies_have_lower_bounds_and_leave_pins_to_the_lock() -> None:
    requirements = [text for group in declared_dependencies().values() for text in group]
    assert [] == [text for text in requirements if ">=" not in text or "==" in text]


def test_continuous_integration_runs_make_test_and_nothing_else() -> None:
    script = lines_without_comments(".ci/run")
    assert ["set -euo pipefail", "make test"] == script


def test_make_alone_names_every_target_a_person_uses() -> None:
    makefile = (ROOT / "Makefile").read_text()
    phony = set(re.findall(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[0].split())
    assert phony == set(re.findall(r"^([a-z]+):.* ## ", makefile, re.MULTILINE))


def test_the_four_packages_are_shipped_and_type_checked() -> None:
    tool = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]
    packages = ["dialtest", "load", "scenarios", "reports"]
    assert packages == tool["hatch"]["build"]["targets"]["wheel"]["packages"]
    assert packages == tool["mypy"]["packages"]
    assert packages == tool["importlinter"]["root_packages"]
