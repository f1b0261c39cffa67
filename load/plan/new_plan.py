"""A new plan to edit: the template with every key explained."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

from dialtest.errors import DialtestError
from dialtest.language import _


def template() -> str:
    """The template, a plan that works as it is."""
    return files("load.plan").joinpath("template.toml").read_text(encoding="utf-8")


def write_new(text: str, path: Path) -> None:
    """Write `text` to a file that must not be there yet. Raises DialtestError where it is, or cannot be written."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise DialtestError(
            _("{path} is there already.").format(path=path), _("Name another file, or remove it first.")
        ) from None
    except OSError as error:
        problem = _("{path} cannot be written: {reason}.").format(path=path, reason=error.strerror)
        raise DialtestError(problem, _("Name another file.")) from None
