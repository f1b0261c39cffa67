"""The nouns of the trade as frozen values; knows no file, network or clock."""
