"""Reads policy files: the shipped ones by name, others by path."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import is_dataclass
from datetime import date, datetime
from difflib import get_close_matches
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any, get_args, get_type_hints
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import msgspec

from dialtest.errors import DialtestError
from dialtest.language import _
from dialtest.policy.batches import check_batches
from dialtest.policy.brands import OF_2006, check_brands
from dialtest.policy.phases import HallDeadlines, Phase, check_phases
from dialtest.policy.policy import Policy
from dialtest.policy.refund import check_complaints
from dialtest.policy.slots import check_texts, check_words
from dialtest.policy.terms import Terms

SHIPPED = ("monternet-2006", "uk-premium-2019")


class _PolicyFile(msgspec.Struct, forbid_unknown_fields=True):
    name: str
    version: int
    title: dict[str, str]
    country: str
    currency: str
    tariff_words: dict[str, str]
    fee_words: str
    type_words: dict[str, str]
    time_zone: str
    language: str
    carrier: str
    carrier_ports: tuple[str, ...]
    help_command: str
    query_command: str
    starts: date
    ends: date
    terms: list[dict[str, Any]]
    phases: tuple[Phase, ...] = ()
    halls: HallDeadlines | None = None
    brands: dict[str, tuple[str, ...]] = msgspec.field(default_factory=lambda: dict(OF_2006))


def shipped_policy_text(name: str) -> str:
    """The text of a shipped policy file; raises DialtestError for a name that is not in SHIPPED."""
    if name not in SHIPPED:
        raise DialtestError(
            _("No policy is called “{name}”.").format(name=name),
            _("Shipped are: {names}; or give a .toml file.").format(names=", ".join(SHIPPED)),
        )
    return files("dialtest.policy").joinpath(name.replace("-", "_") + ".toml").read_text(encoding="utf-8")


def load_policy(name_or_path: str | Path) -> Policy:
    """A shipped policy by name, or the policy in a TOML file. Raises DialtestError."""
    path = Path(name_or_path)
    if path.suffix != ".toml":
        return parse_policy(shipped_policy_text(str(name_or_path)), str(name_or_path))
    try:
        return parse_policy(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else error
        raise DialtestError(
            _("The policy {path} cannot be read: {reason}.").format(path=path, reason=reason),
            _("It must be a TOML file in UTF-8."),
        ) from None


def parse_policy(text: str, where: str) -> Policy:
    """The policy in `text`; `where` names it in errors. Later terms inherit every key they do not state."""
    try:
        raw = msgspec.convert(tomllib.loads(text), _PolicyFile)
        zone = ZoneInfo(raw.time_zone)
        check_words(raw.tariff_words, raw.fee_words, raw.type_words)
        timeline = _timeline(raw.terms, zone)
        in_force = [terms for _since, terms in timeline]
        check_brands(raw.brands, in_force)
        for existing in (terms.existing for terms in in_force if terms.existing):
            check_batches(existing, raw.brands)
        check_phases(raw.phases)
    except (tomllib.TOMLDecodeError, msgspec.ValidationError, ZoneInfoNotFoundError, KeyError, ValueError) as error:
        raise DialtestError(
            _("The policy {where} is not valid: {reason}.").format(where=where, reason=error),
            _("Compare it with a shipped policy."),
        ) from None
    fields = {name: getattr(raw, name) for name in raw.__struct_fields__ if name not in ("time_zone", "terms")}
    digest = sha256(text.encode()).hexdigest()
    return Policy(**fields, zone=zone, timeline=timeline, text=text, digest=digest)


def _timeline(terms: list[dict[str, Any]], zone: ZoneInfo) -> tuple[tuple[datetime, Terms], ...]:
    dated: list[tuple[datetime, Terms]] = []
    so_far: dict[str, Any] = {}
    for number, stated in enumerate(terms, 1):
        stated = dict(stated)
        since = stated.pop("from")
        if type(since) is not date:
            raise ValueError(f"terms {number} has “from = {since}”; expected is a date such as 2006-10-01")
        _refuse_unknown(stated, Terms, f"terms {number}")
        so_far = _merge(so_far, stated)
        in_force = msgspec.convert(so_far, Terms)
        check_texts(in_force, f"terms {number}")
        check_complaints(in_force, f"terms {number}")
        dated.append((datetime(since.year, since.month, since.day, tzinfo=zone), in_force))
    if not dated or [since for since, _ in dated] != sorted({since for since, _ in dated}):
        raise ValueError("it needs [[terms]], each with a later `from` than the one before")
    return tuple(dated)


def _merge(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    merged = dict(old)
    for key, value in new.items():
        merged[key] = _merge(merged.get(key, {}), value) if isinstance(value, Mapping) else value
    return merged


def _refuse_unknown(stated: Mapping[str, Any], kind: type, where: str) -> None:
    """Dataclasses ignore keys they do not know; a misspelt rule must not be ignored."""
    known = _fields(kind)
    for key, value in stated.items():
        if key not in known:
            near = get_close_matches(key, known, 1)
            raise ValueError(f"{where} has the unknown key “{key}”" + (f"; do you mean “{near[0]}”?" if near else ""))
        if isinstance(value, Mapping) and is_dataclass(known[key]):
            _refuse_unknown(value, known[key], f"{where}.{key}")


def _fields(kind: type) -> dict[str, Any]:
    """Field name → its dataclass, or whatever else its type is."""
    hints = get_type_hints(kind)
    return {
        name: next((part for part in (hint, *get_args(hint)) if is_dataclass(part)), hint)
        for name, hint in hints.items()
    }
