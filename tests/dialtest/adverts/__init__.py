"""Tests of what an advert or a page claims."""
