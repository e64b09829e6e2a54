"""Measurements of the product, one module each: `python -m bench.startup`."""
