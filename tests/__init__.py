"""Tests of the four packages, one folder each."""
