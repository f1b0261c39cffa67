"""Tests of the networks a campaign can drive."""
