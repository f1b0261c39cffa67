"""Tests of reading filings."""
