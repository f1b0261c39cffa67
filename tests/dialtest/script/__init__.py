"""Tests of what scenarios may ask for and of the trampoline that runs them."""
