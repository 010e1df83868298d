"""Room of export."""
