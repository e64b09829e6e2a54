"""The digital passport: its page, its code, and the page where anybody verifies it."""
