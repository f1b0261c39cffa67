"""Tests of the rules of markets as data."""
