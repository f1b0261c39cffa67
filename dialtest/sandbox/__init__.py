"""A carrier in a box, pure and in virtual time, with faults that can be planted."""
