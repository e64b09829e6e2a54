"""Pairs: are they right, how many, how good, and what do they cost? `python -m bench.pairing [--json]`."""
