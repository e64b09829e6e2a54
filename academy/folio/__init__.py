"""One row per person: all that the daily minute must read and change, read once and written once."""
