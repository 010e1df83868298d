"""Room of evaluate."""
