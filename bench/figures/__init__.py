"""What figures of groups cost in a large company: see `bench/figures/__main__.py`."""
