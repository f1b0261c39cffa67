"""Tests of load.plan."""
