"""The carrier's rules as effective-dated data: another carrier, year or country is another file."""
