"""Exact theory of a hotline: Erlang B, C and A, staffing, loads that change with time; numbers only, no plan."""
