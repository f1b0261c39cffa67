"""The callers of a surge."""
