"""Award rules around the day they come into force: versions, rehearsals, what is owed."""
