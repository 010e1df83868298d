"""Pictures of tables: a module a picture, each drawing an SVG from a table's rows."""
