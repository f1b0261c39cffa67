"""One file per version of the tables; schema.VERSIONS lists them in order."""
