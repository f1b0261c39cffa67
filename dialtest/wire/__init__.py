"""Codecs between bytes and values; opens no socket."""
