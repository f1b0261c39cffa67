"""Makes a campaign folder to break: the one `dialtest init` writes, with single things changed."""

from __future__ import annotations

from pathlib import Path

from dialtest.folder.checking import check_folder
from dialtest.sample.new_folder import make_folder


def new_folder(parent: Path, policy: str = "monternet-2006") -> Path:
    """A folder as `dialtest init` makes it."""
    folder = parent / "campaign"
    make_folder(folder, policy)
    return folder


def settings_of(folder: Path) -> str:
    """The text of its dialtest.toml."""
    return (folder / "dialtest.toml").read_text(encoding="utf-8")


def set_to(folder: Path, old: str, new: str) -> None:
    """Change one place of dialtest.toml."""
    text = settings_of(folder)
    assert old in text
    (folder / "dialtest.toml").write_text(text.replace(old, new), encoding="utf-8")


def add_scenario(folder: Path, text: str, name: str = "own.py") -> Path:
    """A scenario file of the campaign's own."""
    path = folder / "scenarios" / name
    path.write_text(text, encoding="utf-8")
    return path


def causes(folder: Path) -> list[str]:
    """What a check complains of, in a word or two each."""
    return [problem.cause for problem in check_folder(folder).problems]
