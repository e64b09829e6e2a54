"""Other systems that prove themselves by a token: making one, ending it, knowing whose it is."""
