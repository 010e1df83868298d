"""Room of screen."""
