"""Which slots the texts of a policy file may have: a misspelt one must be told when the file is read, not in July."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import fields, is_dataclass
from difflib import get_close_matches
from string import Formatter
from typing import get_args

from dialtest.model.service import FeeUnit, ServiceType
from dialtest.policy.terms import Terms

SERVICE_SLOTS = frozenset({"provider", "service", "type", "tariff", "hotline", "access_number"})
MORE_SLOTS: Mapping[str, frozenset[str]] = {
    "first_reminder.text": frozenset({"free"}),
    "receipt.text": frozenset({"fee"}),
    "complaint.wrong": frozenset({"reference", "wrong", "total"}),
    "complaint.unverified": frozenset({"reference", "total"}),
    "complaint.correct": frozenset({"reference"}),
    "complaint.goodwill": frozenset({"reference", "total"}),
    "hotline.says_zh.item": frozenset({"number"}),
    "hotline.says_en.item": frozenset({"number"}),
    "second_reminder.first_item": frozenset({"number"}),
    "second_reminder.item": frozenset({"number"}),
    "short_code.answer.first_item": frozenset({"number"}),
    "short_code.answer.item": frozenset({"number"}),
}
AMOUNT = frozenset({"amount"})


def check_words(tariff_words: Mapping[str, str], fee_words: str, type_words: Mapping[str, str]) -> None:
    """Raise ValueError unless every unit and type has its words, with no slot but `amount`."""
    for key, words, needed in (
        ("tariff_words", tariff_words, get_args(FeeUnit)),
        ("type_words", type_words, get_args(ServiceType)),
    ):
        missing = [name for name in needed if name not in words]
        if missing:
            raise ValueError(f"{key} lacks {', '.join(missing)}")
    for unit, text in (*tariff_words.items(), ("fee_words", fee_words)):
        _refuse_others(text, AMOUNT, unit)


def check_texts(terms: Terms, where: str) -> None:
    """Raise ValueError for a text with a slot that is never filled."""
    for key, text in _texts(terms, ""):
        _refuse_others(text, SERVICE_SLOTS | MORE_SLOTS.get(key, frozenset()), f"{where}.{key}")
        _refuse_formats(text, f"{where}.{key}")


def _texts(part: object, prefix: str) -> Iterator[tuple[str, str]]:
    if not is_dataclass(part):
        return
    for field in fields(part):
        value = getattr(part, field.name)
        key = f"{prefix}.{field.name}".strip(".")
        if isinstance(value, str):
            yield key, value
        else:
            yield from _texts(value, key)


def _refuse_others(text: str, known: frozenset[str], where: str) -> None:
    for _, slot, _, _ in Formatter().parse(text):
        if slot is not None and slot not in known:
            near = get_close_matches(slot, known, 1)
            hint = f"; do you mean “{{{near[0]}}}”?" if near else ""
            raise ValueError(f"{where} has the unknown slot “{{{slot}}}”{hint}")


def _refuse_formats(text: str, where: str) -> None:
    for _, slot, form, conversion in Formatter().parse(text):
        if form or conversion:
            raise ValueError(f"{where} asks for a form of the slot “{{{slot}}}”; a slot of a text is a name alone")
