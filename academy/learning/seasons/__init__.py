"""The page of seasons: what appeared, what is new, what comes."""
