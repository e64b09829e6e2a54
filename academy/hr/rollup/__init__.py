"""Figures of every group, day by day, fed from the log by cursor and rounded before they are kept."""
