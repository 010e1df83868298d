"""Room of decisions: what each kind of them is checked for, and what is made anew when it is taken."""
