"""Tests of load.charts."""
