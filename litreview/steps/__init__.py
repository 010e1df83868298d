"""What commands and web pages do: load, call one pure function, save, count."""
