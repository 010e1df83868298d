"""Room of serve."""
