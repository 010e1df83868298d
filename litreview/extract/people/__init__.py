"""Who is told of, and where: labels, roles, segments."""
