"""How figures look and become files: one font, a few colours, SVG for reports and PNG for the command line."""
