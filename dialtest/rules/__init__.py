"""Pure judges of recorded observations: one rule, one file, one line in registry.py."""
