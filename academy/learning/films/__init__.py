"""Watching the video of a lesson."""
