"""Links that show a passport: what each of them shows, and for how long, is its holder's choice."""
