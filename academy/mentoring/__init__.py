"""Reverse mentoring: speed meetings, wishes and pairs."""
