"""Tests of load.verify."""
