"""Tests of planning and driving a campaign."""
