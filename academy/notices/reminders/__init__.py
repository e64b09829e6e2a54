"""The daily reminder: at the hour each person chose, on their working days, until they stop it."""
