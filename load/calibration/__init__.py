"""Learns the laws of a hotline from call records: call-back, handle time, patience, redials, each with its interval."""
