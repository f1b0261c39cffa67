"""The planner's plan: batches, who calls back and when, calls, agents; read from TOML."""
