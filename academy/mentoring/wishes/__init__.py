"""Whom participants would like to be paired with, and whom never to meet."""
