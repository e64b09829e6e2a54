"""Speed meetings of a programme: composed from its volunteers, announced, held."""
