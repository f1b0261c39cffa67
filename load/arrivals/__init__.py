"""Who calls when: the arrival curve that follows from a plan, and calls drawn from it by a seed."""
