"""Writes starts and rates into the text of a plan: nothing else changes, comments and order stay."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence

from dialtest.errors import DialtestError
from dialtest.language import _
from load.plan.reading import parse_plan
from load.plan.surge_plan import Batch

HEADER = re.compile(r"^\s*\[")
BATCH = re.compile(r"^\s*\[\[\s*batch\s*\]\]")
KEY = r"^(\s*{key}\s*=\s*)([^#\n]*?)(\s*(?:#.*)?)$"


def with_starts(text: str, where: str, placed: Sequence[Batch]) -> str:
    """The plan's text with start and rate of the batches `placed`; its own begin and end become comments.

    Raises DialtestError where the batches are not written as [[batch]] tables.
    """
    blocks = _blocks(text)
    wanted = {(batch.number, batch.brand): batch for batch in placed}
    changed = [_opened(blocks[0]), *(_placed(block, wanted) for block in blocks[1:])]
    written = "\n".join(line for block in changed for line in block) + "\n"
    read = {(one.number, one.brand): one for one in parse_plan(written, where).batches}
    if any(read[key].start != one.start or read[key].messages_per_s != one.messages_per_s
           for key, one in wanted.items()):  # fmt: skip
        raise DialtestError(
            _("The starts cannot be written into {path}.").format(path=where),
            _("Write each batch as a table of its own, [[batch]], with `number` and `brand` on lines of their own."),
        )
    return written


def _blocks(text: str) -> list[list[str]]:
    """The lines before the first table, then those of each table."""
    blocks: list[list[str]] = [[]]
    for line in text.removeprefix("\ufeff").splitlines():
        if HEADER.match(line):
            blocks.append([])
        blocks[-1].append(line)
    return blocks


def _placed(block: list[str], wanted: dict[tuple[int, str], Batch]) -> list[str]:
    if not BATCH.match(block[0]):
        return block
    try:
        stated = tomllib.loads("\n".join(block))["batch"][0]
    except tomllib.TOMLDecodeError:
        return block
    batch = wanted.get((stated.get("number"), stated.get("brand")))
    if batch is None or batch.start is None:
        return block
    block = _set(block, "start", f'"{batch.start.isoformat()}"')
    if stated.get("messages_per_s", 0.0) != batch.messages_per_s:
        block = _set(block, "messages_per_s", f"{batch.messages_per_s:.12g}")
    return block


def _set(block: list[str], key: str, value: str) -> list[str]:
    """The block with one value changed, or added behind its last key."""
    pattern = re.compile(KEY.format(key=key))
    if any(pattern.match(line) for line in block):
        return [pattern.sub(lambda found: found[1] + value + found[3], line) for line in block]
    last = max(place for place, line in enumerate(block) if line.strip() and not line.lstrip().startswith("#"))
    return [*block[: last + 1], f"{key} = {value}", *block[last + 1 :]]


def _opened(head: list[str]) -> list[str]:
    """Without `begins` and `ends`: they were those of other starts, and now follow from the batches."""
    return [re.sub(r"^(\s*)((?:begins|ends)\s*=)", r"\1# \2", line) for line in head]
