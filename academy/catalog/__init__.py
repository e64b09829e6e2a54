"""Themes, modules, lessons, notions and questions: read from files, kept in memory, never queried."""
