"""The daily minute: two questions, on one idea or two, drawn once a day, graded once."""
