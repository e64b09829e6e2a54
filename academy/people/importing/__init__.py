"""Everyone in: entities and people from a file, tried out first, applied by the worker."""
