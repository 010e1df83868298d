"""Tables as journals print them: a module per format, each writing a `Printed` with what stands below it."""
