"""What an advert or a page claims."""

from dialtest.adverts.claims import Claims
from dialtest.adverts.price import Price
from dialtest.adverts.reading import claims_of

__all__ = ["Claims", "Price", "claims_of"]
