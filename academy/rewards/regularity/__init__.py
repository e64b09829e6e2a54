"""Regularity by working days: the row as it stands, the longest, the last weeks. Nothing is ever lost."""
