"""Opening accounts, and inviting their owners in."""
