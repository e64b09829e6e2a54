"""Whose a track is: of those it is meant for, and of those who choose it. Its pages stand in `learning`."""
