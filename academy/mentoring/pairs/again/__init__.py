"""Pairs made by hand once others are published: for whoever came late, or is free again."""
