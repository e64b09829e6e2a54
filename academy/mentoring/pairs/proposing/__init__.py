"""Pairs as the solver proposes them and organisers publish them."""
