"""Tests of whole-file audits."""
