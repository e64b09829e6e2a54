"""Figures about questions, for those who write them: counts over everybody, nothing about anybody."""
