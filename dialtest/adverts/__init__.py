"""What an advert or a page claims."""

from dialtest.adverts.claims import Claims
from dialtest.adverts.money_words import speaks_of_money
from dialtest.adverts.page import ConcealedPrice, Distance, PageReading, page_of
from dialtest.adverts.price import Price
from dialtest.adverts.reading import claims_of

__all__ = ["Claims", "ConcealedPrice", "Distance", "PageReading", "Price", "claims_of", "page_of", "speaks_of_money"]
