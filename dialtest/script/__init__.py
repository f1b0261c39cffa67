"""What a scenario may ask for, and the trampoline that runs it; knows no network."""
