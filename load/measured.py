"""What one run of load on a hotline measured, and the JSON file it is kept in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import msgspec
from msgspec import Struct

from dialtest.errors import DialtestError
from dialtest.language import _
from load.tally import Tally

FILE_LIMIT = 50_000_000
REACHED_SHARE = 0.99
"""A run reached its rate when this share of its calls started in time (ours)."""


class Spread(Struct, frozen=True, forbid_unknown_fields=True):
    """How a length of time was spread, in seconds, to three digits (HDR histogram); all 0 where nothing was counted."""

    count: int = 0
    mean_s: float = 0.0
    p50_s: float = 0.0
    p90_s: float = 0.0
    p99_s: float = 0.0
    p999_s: float = 0.0
    most_s: float = 0.0


class BrandMeasured(Struct, frozen=True, forbid_unknown_fields=True):
    """One brand: its counts, and in seconds of the plan how long those an agent answered had waited since they were
    due to call (the menu left out), and how long those who gave up.
    """

    brand: str
    tally: Tally
    answered_after: Spread
    abandoned_after: Spread


class Quarter(Struct, frozen=True, forbid_unknown_fields=True):
    """Attempts of a brand that were due in the quarter hour from `begins` on, and how many an agent answered."""

    begins: datetime
    brand: str
    calls: int
    answered: int


class Measured(Struct, frozen=True, forbid_unknown_fields=True):
    """A whole run.

    plan, digest, seed: which calls. begins, ends: which arrivals of the plan (its own time). speed: seconds of the plan
    per second on the wall. measured_at: when the run began on the wall. host: the hotline.
    due: attempts that were due; placed: those that were started; late: placed more than 0.1 s after they were due;
    not_started: due, but not placed; lost: callers of workers that were lost, whose fate is not known (not in the
    tallies). most_at_once: calls in progress at once, summed over workers.
    reply, answer: seconds on the wall from when a call was due until the hotline's first reply, and until it was
    answered; reply_service, answer_service: the same from when it was really placed; lateness: between the two.
    failures: how often each kind of failure was met. hotline_attempts, hotline_unrecorded: attempts the hotline's own
    books show, and unanswered ones it has no record of (H3); None where it was not asked.
    """

    plan: str
    digest: str
    seed: int
    begins: datetime
    ends: datetime
    speed: float
    measured_at: datetime
    wall_s: float
    host: str
    workers: int
    workers_lost: int
    due: int
    placed: int
    late: int
    not_started: int
    lost: int
    most_at_once: int
    stopped_early: bool
    brands: tuple[BrandMeasured, ...]
    quarters: tuple[Quarter, ...]
    reply: Spread
    reply_service: Spread
    answer: Spread
    answer_service: Spread
    lateness: Spread
    failures: dict[str, int]
    hotline_attempts: int | None = None
    hotline_unrecorded: int | None = None

    @property
    def reached(self) -> bool:
        """Whether the run placed its calls when they were due, all of them but one in a hundred at most."""
        in_time = self.placed - self.late
        return not self.stopped_early and self.lost == 0 and in_time >= REACHED_SHARE * self.due

    @property
    def heard(self) -> bool:
        """Whether the hotline said anything at all."""
        return self.reply.count > 0 or self.placed == 0

    @property
    def tally(self) -> Tally:
        """The counts of all brands together."""
        return sum((one.tally for one in self.brands), Tally())

    def of_brand(self, brand: str) -> BrandMeasured | None:
        """One brand's part; None where the plan has no such brand."""
        return next((one for one in self.brands if one.brand == brand), None)


def write_measured(measured: Measured, path: Path) -> None:
    """Write the file whole or not at all; makes the folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f".{path.name}.part")
    part.write_bytes(msgspec.json.format(msgspec.json.encode(measured), indent=1) + b"\n")
    part.replace(path)


def read_measured(path: Path) -> Measured:
    """A file `write_measured` wrote. Raises DialtestError for what is none."""
    try:
        with path.open("rb") as file:
            content = file.read(FILE_LIMIT + 1)
        if len(content) > FILE_LIMIT:
            raise msgspec.ValidationError("larger than 50 MB")
        measured = msgspec.json.decode(content, type=Measured)
        if any(when.tzinfo is None for when in (measured.begins, measured.ends, measured.measured_at)):
            raise msgspec.ValidationError("a moment without its zone")
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError) as error:
        problem = _("{path} is no measurement of a surge: {reason}.").format(path=path, reason=error)
        raise DialtestError(problem, _("Measure again: dialtest surge load PLAN --host …")) from None
    return measured


def measured_path(folder: Path, begins: datetime) -> Path:
    """Where a campaign folder keeps the measurement of the arrivals from `begins` on."""
    return folder / "surge" / f"measured-{begins:%Y-%m-%dT%H%M}.json"


def all_measured(folder: Path) -> Sequence[Measured]:
    """The measurements a campaign folder keeps, oldest arrivals first. Raises DialtestError for a broken one."""
    found = [read_measured(path) for path in sorted((folder / "surge").glob("measured-*.json"))]
    return sorted(found, key=lambda one: (one.begins, one.measured_at))
