"""The passport on paper: eight leaves of A6, to read on a screen or to print, cut and fold."""
