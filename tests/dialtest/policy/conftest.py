"""These tests read what users are told, in English."""

from collections.abc import Iterator

import pytest

from dialtest.language import speaking


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with speaking("en"):
        yield
