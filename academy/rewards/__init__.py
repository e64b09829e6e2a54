"""Recognition: points, stars and keys in one ledger; badges, medals, visas and the passport by rule."""
