"""The served hotline: its exchange with made time, and over the wire with callers of somebody else."""
