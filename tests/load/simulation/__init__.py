"""The simulated hotline."""
