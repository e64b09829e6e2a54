"""Directories that keep the accounts: who may write, what their words mean here, and what they said."""
