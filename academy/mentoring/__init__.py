"""Reverse mentoring: programmes, speed meetings, pairs."""
