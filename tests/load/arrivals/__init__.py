"""Tests of who calls when."""
