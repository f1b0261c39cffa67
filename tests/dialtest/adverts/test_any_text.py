"""What holds for every text and page there is, found with generated ones."""

from __future__ import annotations

import re

from hypothesis import given, settings
from hypothesis import strategies as st

from dialtest.adverts import Price, claims_of, page_of
from dialtest.adverts.plain_text import LONGEST_TEXT, PLAIN_ALREADY, TRADITIONAL, plain, respelled
from dialtest.adverts.price import UNITS

WORD_LIST = """
£1.50 150p per msg /wk a week FREE txt text STOP to 81234 YES reply call 09051234567 150ppm win £500
prize £ 元 3元 ￥5 每月 包月 /月 条 /条 回复 发送 TQ 到 10651234 退订 免费 信息费 一毛
5 两块五 “ ” 1, 2 . , 。 ( ) : Â£ ú1 &pound;
費 ① \ufffd \u200b \ufffd\ufffd 0871234567810p x3 3x each sub every week
"""
WORDS = st.sampled_from(WORD_LIST.split())
ADVERTS = st.lists(WORDS, max_size=25).map(" ".join) | st.lists(WORDS, max_size=25).map("".join)
FULL_WIDTH = {
    ord(plain_one): ord(plain_one) + 0xFEE0
    for plain_one in "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ./:"
}
TAG_LIST = """
<p> </p> <div style='display:none'> </div> <form action='/order'> </form> <button> </button> <script>
</script> <style> </style> <wml> <card> <go href='x?a=1&b=2'/> <input type=checkbox checked> <a href=#
<!-- --> <?xml version='1.0'?> <!DOCTYPE <![CDATA[ ]]> f.submit() p{color:#fff} { } &nbsp; &#x; < > ' "
"""
TAGS = st.sampled_from(TAG_LIST.split())


def is_sane(price: Price) -> bool:
    return price.amount_minor >= 0 and price.unit in UNITS and re.fullmatch("[A-Z]{3}", price.currency) is not None


@given(st.text(max_size=300) | ADVERTS)
@settings(max_examples=400)
def test_any_text_is_read_and_its_prices_are_sane(text: str) -> None:
    claims = claims_of(text)
    assert [] == [price for price in claims.prices if type(price.amount_minor) is not int or not is_sane(price)]
    assert len(claims.prices) == len(set(claims.prices))


@given(ADVERTS)
@settings(max_examples=200)
def test_full_width_digits_and_letters_read_like_half_width_ones(text: str) -> None:
    folded = text.replace("&pound;", "£")
    assert claims_of(folded) == claims_of(folded.translate(FULL_WIDTH))


@given(st.text(max_size=200))
@settings(max_examples=200)
def test_a_plain_text_is_on_one_line_and_not_longer_than_allowed(text: str) -> None:
    read = plain(text * 3)
    assert ("\n" in read, len(read) <= LONGEST_TEXT) == (False, True)


@given(ADVERTS | st.text("0123456789 ,.:!~&;£¥一鿿費费每月aZ", max_size=60))
@settings(max_examples=300)
def test_what_is_taken_for_plain_already_would_not_have_been_respelled(text: str) -> None:
    if PLAIN_ALREADY.fullmatch(text) and not TRADITIONAL.search(text):
        assert text == respelled(text)


@given(st.lists(TAGS | WORDS, max_size=40).map("".join) | st.text(max_size=200))
@settings(max_examples=300)
def test_any_page_is_read(source: str) -> None:
    reading = page_of(source)
    assert [] == [found for found in reading.concealed_prices if not is_sane(found.price) or not found.reasons]


@given(st.binary(max_size=400))
@settings(max_examples=300)
def test_any_bytes_are_a_page(source: bytes) -> None:
    assert not page_of(source).truncated


def test_a_text_is_read_up_to_its_limit_in_time_that_grows_with_its_length() -> None:
    assert (Price(150, "GBP", "per_message"),) == claims_of("Txt FUN to 81234 £1.50/msg " + "x" * 1_000_000).prices
    assert () == claims_of("x " * LONGEST_TEXT + "Txt FUN to 81234 £1.50/msg").prices
