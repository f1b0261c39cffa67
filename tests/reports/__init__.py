"""Tests of what the weekly meeting holds in its hands."""
