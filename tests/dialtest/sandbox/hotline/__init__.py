"""The hotline as a machine in virtual time, and as the carrier's subscribers meet it."""
