"""The daily minute: two questions about one notion, drawn once a day, graded once."""
