"""Coming back in without a password: a link by e-mail, good once and for an hour."""
