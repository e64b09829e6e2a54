"""Pictures to share: of a passport as one of its links shows it, or of one award."""
