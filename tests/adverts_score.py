"""Scores the reader of adverts against labelled JSON lines.

    python -m tests.adverts_score [--half 0|1] [--wrong] FILE...

A line holds `id`, `text` and `claims`: `prices` (amount in whole units, currency, unit), `free`, `keyword`,
`shortcode`, `call_number`, `opt_out`, `subscription`. Prices count as a set of (minor units, currency, unit).
`--half` takes only the texts whose SHA-256 of the id is even (0) or odd (1), so that one half can be kept unseen;
`--wrong` shows what differs.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

from dialtest.adverts import Claims, claims_of
from dialtest.adverts.price import minor_units

FIELDS = ("free", "keyword", "shortcode", "subscription", "opt_out", "call_number")


def labelled(paths: list[str], half: int | None) -> Iterator[dict[str, Any]]:
    """The records of all files, of one half only if asked."""
    for path in paths:
        for line in Path(path).read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            odd = hashlib.sha256(str(record["id"]).encode()).digest()[0] % 2
            if half is None or odd == half:
                yield record


def price_set(labels: list[dict[str, Any]]) -> set[tuple[int | None, str, str]]:
    """Labelled prices in the terms of the reader."""
    return {
        (minor_units(Decimal(str(label["amount"])), label["currency"]), label["currency"], label["unit"])
        for label in labels
    }


def differences(record: dict[str, Any], claims: Claims) -> list[tuple[str, object, object]]:
    """(field, expected, read) of every field read wrongly."""
    labels = record["claims"]
    wrong: list[tuple[str, object, object]] = [
        (field, labels.get(field), getattr(claims, field))
        for field in FIELDS
        if _same(labels.get(field)) != _same(getattr(claims, field))
    ]
    expected = price_set(labels["prices"])
    read = {(price.amount_minor, price.currency, price.unit) for price in claims.prices}
    return wrong if expected == read else [*wrong, ("prices", expected, read)]


def _same(value: object) -> object:
    return value.replace("-", "").strip().casefold() if isinstance(value, str) else value or None


def score(records: list[dict[str, Any]], show: bool) -> dict[str, object]:
    """Share of texts read rightly per field; precision, recall and F1 of the prices over all texts."""
    right: Counter[str] = Counter()
    hit = read = expected = 0
    for record in records:
        claims = claims_of(record["text"])
        wrong = differences(record, claims)
        right.update({*FIELDS, "prices"} - {field for field, _, _ in wrong})
        right["all"] += not wrong
        labels = price_set(record["claims"]["prices"])
        found = {(price.amount_minor, price.currency, price.unit) for price in claims.prices}
        hit, read, expected = hit + len(labels & found), read + len(found), expected + len(labels)
        for field, wanted, got in wrong if show else []:
            sys.stdout.write(f"{record['id']} {field}: expected {wanted}, read {got}\n    {record['text']}\n")
    share = {f"{field}_right": round(right[field] / max(1, len(records)), 3) for field in (*FIELDS, "prices", "all")}
    precision, recall = hit / max(1, read), hit / max(1, expected)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    prices = {"price_precision": round(precision, 3), "price_recall": round(recall, 3), "price_f1": round(f1, 3)}
    return {"texts": len(records), **share, **prices}


def main() -> None:
    """Print one JSON object."""
    parser = argparse.ArgumentParser(description="Score the reader of adverts against labelled JSON lines.")
    parser.add_argument("files", nargs="+", metavar="FILE")
    parser.add_argument("--half", type=int, choices=(0, 1))
    parser.add_argument("--wrong", action="store_true", help="show every field read wrongly")
    options = parser.parse_args()
    records = list(labelled(options.files, options.half))
    sys.stdout.write(json.dumps(score(records, options.wrong), indent=1) + "\n")


if __name__ == "__main__":
    main()
