"""References of the included reports: a module per format of reference managers."""
