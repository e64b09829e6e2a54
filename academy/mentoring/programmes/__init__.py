"""A programme, its call for volunteers, and what volunteers say of themselves."""
