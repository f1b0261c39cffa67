"""The way of a journal's tables from one version to the next."""
