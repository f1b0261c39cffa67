"""Benchmarks: figures and ratios against peers in the same run; nothing here is asserted."""
