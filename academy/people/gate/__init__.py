"""The second step of signing in with a password: a code, or a second factor set up where one is asked for."""
