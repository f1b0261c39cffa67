"""Tests of the shipped scenarios and of the guide to writing one."""
