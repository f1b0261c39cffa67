"""Tests of the carrier in a box."""
