"""Backups: one file each, proven before it is believed, and put back whole or not at all."""
