"""What leaves after the commit: the outbox, mail, and the worker that carries it."""
