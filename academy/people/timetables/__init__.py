"""What HR keeps of working time: the days somebody works, and when sites are closed."""
