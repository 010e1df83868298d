"""Numbers, units and amounts as they are printed."""
