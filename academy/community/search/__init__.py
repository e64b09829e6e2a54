"""Finding again what was said in one’s groups."""
