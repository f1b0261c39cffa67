"""A carrier's brands: their codes, and which words of tables mean them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from dialtest.policy.terms import Terms

Brands = Mapping[str, tuple[str, ...]]
"""Code → the words tables write for it, beside the code itself."""

OF_2006: Brands = {
    "gotone": ("全球通", "contract"),
    "easyown": ("神州行", "prepaid"),
    "mzone": ("动感地带", "m-zone", "youth"),
}
"""Those of a policy that names none, as all did that were written before they could."""

_CODE, _WORD = re.compile(r"[a-z][a-z0-9_-]{0,19}"), re.compile(r"[\w .+-]{1,30}")


def words_of(brands: Brands) -> Mapping[str, str]:
    """Word → code, each brand's code first; words without regard to case."""
    return {word.casefold(): code for code, words in brands.items() for word in (code, *words)}


def check_brands(brands: Brands, timeline: Iterable[Terms]) -> None:
    """Raise ValueError for a code or word that cannot be, a word of two brands, and terms that name another brand."""
    if not brands or "all" in brands:
        raise ValueError("brands needs at least one brand, none of them called “all”")
    for text in (text for code, words in brands.items() for text in words if not _WORD.fullmatch(text)):
        raise ValueError(f"brands has the word “{text}”; expected are up to 30 letters, digits, blanks and -")
    for code in (code for code in brands if not _CODE.fullmatch(code)):
        raise ValueError(f"brands has the code “{code}”; expected are up to 20 of a-z, 0-9, _ and -")
    meant = Counter(word.casefold() for code, words in brands.items() for word in {code, *words})
    for word in (word for word, times in meant.items() if times > 1):
        raise ValueError(f"brands has “{word}” for two brands")
    for terms in timeline:
        batches = terms.existing.batches if terms.existing else ()
        desks = terms.hotline.desks if terms.hotline else ()
        named = {*(batch.brand for batch in batches), *(desk.brand for desk in desks)} - {"all"}
        if unknown := sorted(named - set(brands)):
            raise ValueError(f"terms name the brand “{unknown[0]}”; brands has {', '.join(brands)}")
