"""Roles held, granted, revoked, and lent to a colleague for a while."""
