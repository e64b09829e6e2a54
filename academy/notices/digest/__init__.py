"""The week of a team, for those who manage it and asked for it: figures, never a name."""
