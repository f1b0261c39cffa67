"""Documents a provider hands in with its answer (D2): frozen in the journal as they came, named by their digest."""

from __future__ import annotations

from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

from dialtest.errors import CouldNotTest, DialtestError
from dialtest.evidence.journal import Journal
from dialtest.evidence.printable import printable
from dialtest.evidence.record import KeptDocument
from dialtest.language import _

KIND = "answer"
MOST_BYTES = 20_000_000
NAME_CHARACTERS = 150


def keep_answer(journal: Journal, path: Path) -> KeptDocument:
    """Freeze the file at `path`; any kind of file, at most 20 MB.

    Raises DialtestError for one that is too large, CouldNotTest for one that cannot be read.
    """
    content = _content(path)
    text = _text(content)
    kept = text if text is not None else b64encode(content).decode()
    name = printable(path.name, NAME_CHARACTERS)
    digest = journal.keep_document(KIND, name, kept)
    form = "base64" if text is None else "text"
    return KeptDocument(name, sha256(content).hexdigest(), len(content), digest, form)  # type: ignore[arg-type]


def kept_answer(journal: Journal, document: KeptDocument) -> bytes:
    """The file as it came; raises Tampered where the journal's copy is missing or changed."""
    text = journal.document(document.kept)
    return b64decode(text) if document.form == "base64" else text.encode()


def _content(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            content = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise CouldNotTest(
            _("The document {path} cannot be read: {error}.").format(
                path=printable(str(path)), error=error.strerror or error
            ),
            _("Name a file that is there and may be read."),
        ) from None
    if len(content) > MOST_BYTES:
        raise DialtestError(
            _("The document {path} is larger than {most} bytes.").format(path=printable(str(path)), most=MOST_BYTES),
            _("Hand in the pages that matter, or several files."),
        )
    return content


def _text(content: bytes) -> str | None:
    """The content as text a database can hold unchanged; None where it is no such text."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return None if "\x00" in text else text
