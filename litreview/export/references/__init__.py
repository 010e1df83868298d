"""References of the included reports: a module per format; without abstracts, which are not ours to pass on."""
