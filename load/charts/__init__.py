"""The surge as pictures, for people who would rather look: PNG files of what the verbs tell."""
