"""Made-up campaigns: what `init` writes for a start, and the sample that `demo` runs, with its planted faults."""
