"""How verbs speak: to people on a terminal, escaped; and the arguments many verbs share."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console, RenderableType
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from dialtest.language import _

folder_argument = click.argument("folder", metavar="DIR", type=click.Path(path_type=Path, file_okay=False))
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object instead of words.")

_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200e\u200f\u202a-\u202e\u2066-\u2069]")


def clean(text: str) -> str:
    """Text from outside without the characters that steer terminals or turn the reading direction."""
    return _CONTROL.sub("\ufffd", text)


def word(code: str) -> str:
    """A team, a severity or the status of a task in the user's language."""
    words = {
        "data_centre": _("data centre"),
        "call_centre": _("call centre"),
        "third_party": _("third party"),
        "provider": _("provider"),
        "critical": _("critical"),
        "major": _("major"),
        "minor": _("minor"),
        "done": _("done"),
        "late": _("done late"),
        "due": _("not due yet"),
        "overdue": _("overdue"),
    }
    return words.get(code, code)


def tell(text: str) -> None:
    """One line for the user."""
    click.echo(clean(text))


def say(what: RenderableType) -> None:
    """A table or another piece of rich text."""
    console = Console(highlight=False, markup=False)
    console.print(what)


@contextmanager
def progress(words: str, total: int) -> Iterator[Callable[[int], None]]:
    """A bar on stderr that is told how many are done; silent where nobody looks."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    console = Console(stderr=True)
    every = min(64, max(1, total // 100))
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task(words, total=total)
        yield lambda done: bar.update(task, completed=done) if done % every == 0 or done == total else None
