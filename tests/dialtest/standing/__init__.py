"""Tests of where a campaign stands and what its dials can show."""
