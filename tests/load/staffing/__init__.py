"""Tests of how many agents are needed."""
