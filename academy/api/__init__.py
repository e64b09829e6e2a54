"""The read API: other systems of the company ask, with a token of their own, and change nothing."""
