"""Those of whom there is a figure."""
