"""Pure judges of recorded observations: one rule, one file."""
