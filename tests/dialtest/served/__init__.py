"""The carrier served as a process of its own."""
