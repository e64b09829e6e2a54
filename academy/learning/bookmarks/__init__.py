"""Lessons that somebody keeps for later."""
