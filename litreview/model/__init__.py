"""What flows through the house: frozen values that every room understands."""
