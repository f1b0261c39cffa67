"""How many agents, lines and menu ports a plan needs so that the standard of the connection rate holds (H2)."""
