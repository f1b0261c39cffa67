"""Tariffs as providers write them."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialtest.catalogue.tariff import NoTariff, Tariff, parse_tariff
from tests.dialtest.catalogue.filings import wide


@pytest.mark.parametrize(
    ("text", "tariff"),
    [
        ("30元/月", Tariff(3000, "month", "CNY")),
        ("0.5元/条", Tariff(50, "message", "CNY")),
        ("2元/次", Tariff(200, "use", "CNY")),
        ("5 元 / 月", Tariff(500, "month", "CNY")),
        (wide("30元/月"), Tariff(3000, "month", "CNY")),
        ("包月5元", Tariff(500, "month", "CNY")),
        ("5元包月", Tariff(500, "month", "CNY")),
        ("每月8元", Tariff(800, "month", "CNY")),
        ("信息费:3元/月", Tariff(300, "month", "CNY")),
        ("8角/条", Tariff(80, "message", "CNY")),
        ("20分/条", Tariff(20, "message", "CNY")),
        ("¥10/月", Tariff(1000, "month", "CNY")),
        ("0.29元/条", Tariff(29, "message", "CNY")),
        ("免费", Tariff(0)),
        ("£1.50 per week", Tariff(150, "week", "GBP")),
        ("150p per text", Tariff(150, "message", "GBP")),
        ("£3/month", Tariff(300, "month", "GBP")),
        ("€4.50 per week", Tariff(450, "week", "EUR")),
        ("3.5 CHF/month", Tariff(350, "month", "CHF")),
        ("USD 2 per use", Tariff(200, "use", "USD")),
        ("5元", Tariff(500, None, "CNY")),
        ("1000元/月", Tariff(100_000, "month", "CNY")),
    ],
)
def test_a_tariff_is_read_to_the_fen(text: str, tariff: Tariff) -> None:
    assert tariff == parse_tariff(text)


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("-5元/月", "negative tariff"),
        ("0.005元/条", "fraction of a fen"),
        ("1000.01元/月", "absurd tariff"),
        ("999999999元/月", "absurd tariff"),
        ("30", "tariff without currency"),
        ("30 per week", "tariff without currency"),
        ("30 msg", "tariff without currency"),
        ("包月5元/条", "two units in one tariff"),
        ("面议", "unreadable tariff"),
        ("5元/月/条", "unreadable tariff"),
        ("1e3元/月", "unreadable tariff"),
        ("", "unreadable tariff"),
        ("١元/月", "unreadable tariff"),
    ],
)
def test_what_is_no_tariff_is_refused_with_its_cause(text: str, cause: str) -> None:
    with pytest.raises(NoTariff) as caught:
        parse_tariff(text)
    assert cause == caught.value.cause


@pytest.mark.parametrize(("hundredths", "fee_fen"), [(100, 3000), (1, 30)])
def test_a_bare_number_means_what_the_header_says(hundredths: int, fee_fen: int) -> None:
    assert fee_fen == parse_tariff("30", hundredths).fee_fen


@given(st.integers(0, 100_000))
def test_every_amount_in_whole_fen_comes_back_exactly(fee_fen: int) -> None:
    assert fee_fen == parse_tariff(f"{fee_fen // 100}.{fee_fen % 100:02d}元/月").fee_fen


@given(st.text(max_size=30))
def test_any_text_gives_a_tariff_or_is_refused(text: str) -> None:
    with suppress(NoTariff):
        assert 0 <= parse_tariff(text).fee_fen <= 100_000
