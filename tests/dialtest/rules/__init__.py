"""Tests of rules, and of faults against rules."""
