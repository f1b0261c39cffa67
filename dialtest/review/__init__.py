"""Follows confirmed breaches up: decisions of the weekly meeting, retests, credit points (D2, D3, D8)."""
