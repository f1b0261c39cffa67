"""The append-only journal: what was asked, what was seen, and the chains that prove it."""
