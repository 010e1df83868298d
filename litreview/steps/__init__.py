"""Room of steps."""
