"""Who meets whom in each round of a speed meeting, and what time it is there. Pure."""
