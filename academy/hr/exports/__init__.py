"""Figures to take along: the report of an entity on paper, and its tables for spreadsheets."""
