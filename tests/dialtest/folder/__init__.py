"""Tests of campaign folders: opening, checking, papers."""
