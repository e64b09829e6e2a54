"""The append-only log of what people did. Everything that counts is read from it."""
