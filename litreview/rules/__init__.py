"""Room of rules."""
