"""Room of spreadsheets: a group's own extraction sheet, and sheets of decisions to fill in and bring back."""
