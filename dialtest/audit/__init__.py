"""Checks whole exports of any origin, of any size, by SQL: what dial tests check case by case."""
