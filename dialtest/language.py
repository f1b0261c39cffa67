"""The language users are spoken to in: which one is active, and how its catalogue turns an English text into it."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Literal, get_args

from dialtest.errors import DialtestError

Language = Literal["zh", "en"]
LANGUAGES: tuple[Language, ...] = get_args(Language)
LOCALE_FOLDER = Path(__file__).with_name("locale")

_active: list[Language] = []


def _(msgid: str) -> str:
    """The English text `msgid` in the active language; itself where its catalogue has no translation.

    Placeholders are named and filled afterwards: `_("{count} cases are open.").format(count=3)`.
    """
    return translations(language()).gettext(msgid)


def ngettext(singular: str, plural: str, count: int) -> str:
    """The form of a counted text that fits `count` in the active language."""
    return translations(language()).ngettext(singular, plural, count)


def language() -> Language:
    """The active language: what the innermost `speaking` block says, else what the environment asks for."""
    return _active[-1] if _active else preferred(os.environ)


@contextmanager
def speaking(code: str) -> Iterator[None]:
    """Speak `code` (zh or en, with or without a region: zh_CN) inside the block, and afterwards what was spoken before.

    Raises DialtestError for any other.
    """
    _active.append(checked(code))
    try:
        yield
    finally:
        _active.pop()


def checked(code: str) -> Language:
    """`code` as one of our languages; raises DialtestError for any other."""
    found = _language_of(code)
    if found is None:
        raise DialtestError(f"There is no language “{code}”.", f"Choose one of: {', '.join(LANGUAGES)}.")
    return found


def preferred(environment: Mapping[str, str]) -> Language:
    """The language an environment asks for: DIALTEST_LANG, else LC_ALL, else LANG, else Chinese.

    A value that names neither of our languages (C.UTF-8, say) asks for nothing, and the next one is looked at.
    """
    for name in ("DIALTEST_LANG", "LC_ALL", "LANG"):
        found = _language_of(environment.get(name, ""))
        if found is not None:
            return found
    return "zh"


@cache
def translations(code: Language) -> NullTranslations:
    """The catalogue of one language, for texts in a language that is not the active one; English needs none."""
    if code == "en":
        return NullTranslations()
    return compiled(LOCALE_FOLDER / code / "LC_MESSAGES" / "dialtest.po", code)


def compiled(path: Path, code: str) -> GNUTranslations:
    """The catalogue in the .po file at `path`; raises DialtestError where it cannot be read."""
    # Imported here: English speakers and the hot path never need it, and it costs 30 ms.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import PoFileError, read_po

    try:
        with path.open("rb") as file:
            catalogue = read_po(file, locale=code, abort_invalid=True)
    except (OSError, UnicodeDecodeError, ValueError, PoFileError) as error:
        raise DialtestError(f"The catalogue {path} cannot be read: {error}.", "Install dialtest again.") from None
    binary = BytesIO()
    write_mo(binary, catalogue)
    binary.seek(0)
    return GNUTranslations(binary)


def _language_of(code: str) -> Language | None:
    found = code[:2].lower()
    return found if found in LANGUAGES and not code[2:3].isalpha() else None
