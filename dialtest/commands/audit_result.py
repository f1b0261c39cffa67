"""What the verbs of `dialtest audit` share: their options, where results go, how rejected rows are told."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from errno import EACCES
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TextColumn, TimeElapsedColumn

from dialtest.audit.workspace import DEFAULT_MEMORY, OnProgress
from dialtest.commands.screen import clean
from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.problem import Problems

FINDINGS_FILE, SUMMARY_FILE = "findings.csv", "summary.json"
BAD_ROWS = 2
"""Exit code where rows were rejected: what is said holds for the others only."""

memory_option = click.option(
    "--memory", default=DEFAULT_MEMORY, show_default=True, help="Memory to use; what needs more goes to TMPDIR."
)
policy_option = click.option(
    "--policy", default="monternet-2006", show_default=True, metavar="NAME|FILE", help="Shipped policy, or a TOML file."
)


input_file = click.Path(path_type=Path, dir_okay=False)
"""The type of an argument that names an export; whether it is there is told where it is opened."""


@contextmanager
def watched() -> Iterator[OnProgress]:
    """Tells on stderr what an audit is doing and how far it is; silent where nobody looks."""
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    console = Console(stderr=True)
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as bar:
        task = bar.add_task("", total=None)

        def on_progress(doing: str, percent: float) -> None:
            if doing:
                known = percent >= 0
                bar.update(task, description=doing, total=100 if known else None, completed=percent if known else 0)

        yield on_progress


def result_folder(folder: Path, inputs: Sequence[Path]) -> Path:
    """The folder for results, made where it is missing; raises DialtestError where one would overwrite an input."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        names = {(folder / name).resolve() for name in (FINDINGS_FILE, SUMMARY_FILE, "rejects.csv")}
    except OSError as error:
        raise DialtestError(
            _("{path} cannot be made: {reason}.").format(path=folder, reason=error.strerror),
            _("Give another folder with --out."),
        ) from None
    if not os.access(folder, os.W_OK):
        raise DialtestError(
            _("{path} cannot be written: {reason}.").format(path=folder, reason=os.strerror(EACCES)),
            _("Choose another folder with --out."),
        )
    for taken in filter(Path.is_dir, names):
        raise DialtestError(
            _("{path} is a folder; a result would be written there.").format(path=taken),
            _("Give another folder with --out."),
        )
    for file in inputs:
        if file.resolve() in names:
            raise DialtestError(
                _("{path} would be overwritten by the result.").format(path=file), _("Give another folder with --out.")
            )
    return folder


def write_summary(folder: Path, figures: Mapping[str, object]) -> None:
    """The figures as `summary.json`."""
    text = json.dumps(figures, ensure_ascii=False, indent=1)
    (folder / SUMMARY_FILE).write_text(text + "\n", encoding="utf-8")


def tell_rejected(problems: Problems, rejects: Path | None) -> None:
    """The first hundred rejected rows, the counts by cause, and where the rest is, on stderr."""
    for line in problems.lines():
        click.echo(clean(line), err=True)
    if rejects is not None:
        click.echo(
            clean(_("Every rejected row stands in {path}; the others were audited.").format(path=rejects)), err=True
        )


def rejected_figures(problems: Problems, rejects: Path | None) -> dict[str, object]:
    """What JSON says of rejected rows."""
    return {
        "rejected": problems.total,
        "rejected_by_cause": dict(problems.causes),
        "rejects_file": str(rejects) if rejects else None,
    }
