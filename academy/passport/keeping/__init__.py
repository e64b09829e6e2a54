"""Awards given by hand to a colleague, and withdrawn from one."""
