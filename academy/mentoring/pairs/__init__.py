"""Pairs: proposed, published, and their months together."""
