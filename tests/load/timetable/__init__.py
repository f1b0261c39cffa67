"""Tests of the timetable of the batches."""
