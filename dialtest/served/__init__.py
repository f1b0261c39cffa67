"""The embedded carrier as a process of its own: over HTTP, with its acts on disk and a clock all its clients share."""
