"""Who works here: people, the organisation tree, roles, and signing in."""
