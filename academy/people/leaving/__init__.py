"""Leaving the company: access ends, the place at work ends, and a link to what was earned stays."""
