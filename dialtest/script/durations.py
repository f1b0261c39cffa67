"""Lengths of time as scenario authors write them."""

from datetime import timedelta


def minutes(count: int) -> timedelta:
    """`count` minutes."""
    return timedelta(minutes=count)


def hours(count: int) -> timedelta:
    """`count` hours."""
    return timedelta(hours=count)


def days(count: int) -> timedelta:
    """`count` calendar days: the same time of day, that many days on."""
    return timedelta(days=count)
