"""Tests of the machine, room by room."""
