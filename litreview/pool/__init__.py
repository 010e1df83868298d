"""Room of pool."""
