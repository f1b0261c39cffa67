"""One thing wrong in what a user wrote, and a whole file's worth of them told at once, bounded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from dialtest.errors import DialtestError
from dialtest.language import _

SHOWN = 100
FOUND_CHARACTERS = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, where, and what to do. `row` counts from 1 as spreadsheets do, the header being row 1; without a
    row, `column` is a key of a settings file.

    Either `what` is a sentence, or it is empty and `found` and `expected` say it. `cause`, one
    of a closed vocabulary in English, groups problems of one kind.
    """

    file: str
    cause: str
    remedy: str
    found: str = ""
    expected: str = ""
    row: int | None = None
    column: str = ""
    what: str = ""

    @property
    def sentence(self) -> str:
        """What is wrong, without where."""
        if self.what:
            return self.what
        found = f"“{quoted(self.found)}”" if self.found else _("nothing")
        return _("found {found}, expected {expected}.").format(found=found, expected=self.expected)

    @property
    def where(self) -> str:
        """File, row and column, as far as they are known."""
        row = _("row {row}").format(row=self.row) if self.row is not None else ""
        column = self.column
        if column and self.row is not None:
            column = _("column {column}").format(column=column)
        return ", ".join(filter(None, (self.file, row, column)))

    def __str__(self) -> str:
        return f"{self.where}: {self.sentence} {self.remedy}".strip()


def quoted(text: str) -> str:
    """`text` safe to show: at most 60 characters, nothing that moves a terminal's cursor."""
    short = text if len(text) <= FOUND_CHARACTERS else text[:FOUND_CHARACTERS] + "…"
    return "".join(letter if letter.isprintable() else repr(letter)[1:-1] for letter in short)


class Problems:
    """Collects problems: keeps the first hundred, counts them all by cause."""

    def __init__(self, found: Iterable[Problem] = ()) -> None:
        self.first: list[Problem] = []
        self.causes: Counter[str] = Counter()
        for problem in found:
            self.add(problem)

    def add(self, problem: Problem) -> None:
        """One more."""
        if len(self.first) < SHOWN:
            self.first.append(problem)
        self.causes[problem.cause] += 1

    def add_error(self, error: DialtestError, file: str, cause: str) -> None:
        """What another room says is wrong: all its problems, or its one sentence."""
        if isinstance(error, BadInput):
            self.merge(error.problems)
        else:
            self.add(Problem(file, cause, error.remedy, what=error.problem))

    def merge(self, others: Problems) -> None:
        """All problems of `others`."""
        self.first += others.first[: SHOWN - len(self.first)]
        self.causes += others.causes

    @property
    def total(self) -> int:
        """How many there are, shown or not."""
        return self.causes.total()

    def __iter__(self) -> Iterator[Problem]:
        return iter(self.first)

    def __bool__(self) -> bool:
        return bool(self.causes)

    def lines(self) -> list[str]:
        """One line per problem, the first hundred; with more than one, a last line that counts them all by cause."""
        told = [str(problem) for problem in self.first]
        if self.total > 1:
            counts = ", ".join(f"{_(cause)} {count}" for cause, count in self.causes.most_common())
            told.append(_("{count} problems in all: {counts}.").format(count=self.total, counts=counts))
        return told


class BadInput(DialtestError):
    """Everything that is wrong with a file or folder, at once."""

    def __init__(self, problems: Problems) -> None:
        alone = problems.first[0] if problems.total == 1 else None
        if alone is not None:
            super().__init__(f"{alone.where}: {alone.sentence}", alone.remedy)
        else:
            super().__init__("\n".join(problems.lines()), _("Mend these and try again."))
        self.problems = problems


def raise_if_any(problems: Problems) -> None:
    """Raises BadInput when there is a problem."""
    if problems:
        raise BadInput(problems)
