"""Ends campaigns by force, again and again, and checks that no evidence is lost and no order is sent twice."""
