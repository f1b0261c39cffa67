"""Tests of the journal, its seals and what travels out of it."""
