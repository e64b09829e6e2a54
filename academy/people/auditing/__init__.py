"""The page on which administrators read the audit log."""
