"""The hotline simulated (H1–H3): one plan, many replications, compiled; the same Python code is its own oracle."""
