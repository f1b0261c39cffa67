"""The port every network implements, and the drivers that speak to real ones."""
