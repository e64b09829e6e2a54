"""Invitations, answers, waiting lists and reminders."""
