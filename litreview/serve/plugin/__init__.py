"""The Datasette plugin: what it hooks into; everything it does is in the modules beside it."""
