"""Room of extract."""
