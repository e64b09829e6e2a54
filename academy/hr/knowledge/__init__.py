"""What groups know, notion by notion: counted every night, for large groups alone."""
