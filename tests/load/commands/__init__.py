"""Tests of the verbs of the surge."""
