"""Figures of the reports: one file each, drawn by matplotlib as SVG with the same bytes for the same data."""
