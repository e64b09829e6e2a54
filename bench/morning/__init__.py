"""The morning hour of a large company, generated, sent and accounted for: see `__main__`."""
