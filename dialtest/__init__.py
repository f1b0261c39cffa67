"""Dial-test and load-test harness for mobile value-added services."""
