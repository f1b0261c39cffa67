"""The score of the reader against labels: what it counts as right."""

from __future__ import annotations

from tests.adverts_score import price_set, score


def labelled(text: str, **claims: object) -> dict[str, object]:
    nothing = {"prices": [], "free": False, "keyword": None, "shortcode": None, "opt_out": False, "subscription": False}
    return {"id": text, "text": text, "claims": nothing | claims}


def test_labels_in_whole_units_become_minor_units() -> None:
    labels = [
        {"amount": 1.5, "currency": "GBP", "unit": "per_week"},
        {"amount": 0.5, "currency": "BHD", "unit": "other"},
    ]
    assert {(150, "GBP", "per_week"), (500, "BHD", "other")} == price_set(labels)


def test_precision_and_recall_count_prices_over_all_texts() -> None:
    weekly = {"amount": 3, "currency": "GBP", "unit": "per_week"}
    monthly = {"amount": 9, "currency": "GBP", "unit": "per_month"}
    records = [
        labelled(
            "Txt TONE to 81234. £3/wk", prices=[weekly, monthly], keyword="tone", shortcode="81234", subscription=True
        ),
        labelled("hello"),
    ]
    told = score(records, show=False)
    assert (1.0, 0.5, 0.667) == (told["price_precision"], told["price_recall"], told["price_f1"])
    assert (1.0, 0.5, 0.5) == (told["keyword_right"], told["prices_right"], told["all_right"])
