"""Builds refund details of made-up customers for tests of settlements."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from dialtest.model.refund_detail import RefundDetail

BEGINS = datetime(2006, 8, 1, 9, 0, tzinfo=ZoneInfo("Asia/Shanghai"))
CONNECTS = {"900001": "北京", "900002": "广东", "900003": "新疆"}


def detail(number: int, provider: str = "900001", amount_fen: int = 500, province: str = "新疆") -> RefundDetail:
    """One row, named by its number."""
    return RefundDetail(
        province, CONNECTS[provider], provider, "S1", "wap", f"139{number:08d}", f"T{number:06d}", "refund", amount_fen,
        BEGINS + timedelta(minutes=number),
    )  # fmt: skip


def details() -> list[RefundDetail]:
    """Rows of three providers and two provinces."""
    providers, provinces = list(CONNECTS), ["新疆", "甘肃"]
    return [detail(number, providers[number % 3], 100 + number, provinces[number % 2]) for number in range(24)]


anything: st.SearchStrategy[list[RefundDetail]] = st.lists(
    st.builds(
        detail,
        st.integers(0, 10_000),
        st.sampled_from(list(CONNECTS)),
        st.integers(1, 10**6),
        st.sampled_from(["新疆", "甘肃", "青海"]),
    ),
    max_size=30,
    unique_by=lambda row: row.reference,
)
