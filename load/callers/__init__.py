"""The callers of a surge: each a small state machine, many of them on one switchboard, at the times they were drawn."""
