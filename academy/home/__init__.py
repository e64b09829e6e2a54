"""The first page: my minute, my passport, what is new."""
