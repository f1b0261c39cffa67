"""What a test team writes and edits: scenario scripts and sample campaigns."""
