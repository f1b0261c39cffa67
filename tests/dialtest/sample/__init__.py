"""Tests of made-up campaigns."""
