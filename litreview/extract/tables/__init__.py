"""Tables: from printed cells to people, headers, legends, and the values of a cell."""
