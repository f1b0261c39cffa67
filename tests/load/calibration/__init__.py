"""Tests of what call records say of a plan's laws."""
