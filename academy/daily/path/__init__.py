"""My path: what I master, what is fading, what comes next and why; and what I say of it."""
