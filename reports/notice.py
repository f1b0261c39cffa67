"""Writes the breach notice of a confirmed matter (D3): HTML and PDF, in one language."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from dialtest.errors import CouldNotTest
from dialtest.language import _, checked, speaking
from dialtest.review.matter_file import matter_files, the_matter
from reports.notice_document import notice_html, notice_pdf
from reports.notice_text import notice_text
from reports.notice_view import notice_view
from reports.rule_words import RuleWords
from reports.weekly import open_source


def write_notice(folder: Path, matter: str, language: str, out: Path | None = None) -> list[Path]:
    """Write the notice of the newest confirmation of `matter` (its id or key) in `language` (zh or en); the two paths.

    out: a folder; by default the campaign's reports/. The files are notice-ID-TIMES.LANGUAGE.html and .pdf. Raises
    DialtestError for a matter that is not there or was never confirmed, CouldNotTest when a file cannot be written.
    """
    code = checked(language)
    source = open_source(folder)
    try:
        with speaking(code):
            view = notice_view(source, the_matter(matter_files(source.journal), matter))
            text = notice_text(view, RuleWords(source.rules, code), code)
    finally:
        source.journal.close()
    place = out or folder / "reports"
    stem = f"notice-{view.number}.{code}"
    return [
        _written(place / f"{stem}.html", notice_html(text).encode()),
        _written(place / f"{stem}.pdf", notice_pdf(text)),
    ]


def _written(path: Path, content: bytes) -> Path:
    """Write beside and move into place, so that nobody opens half a notice."""
    beside = path.with_name(f"{path.name}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        beside.write_bytes(content)
        beside.replace(path)
    except OSError as error:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise CouldNotTest(
            _("The report {path} cannot be written: {error}.").format(path=path, error=error.strerror or error),
            _("Free disk space, or choose another place with --out."),
        ) from None
    return path
