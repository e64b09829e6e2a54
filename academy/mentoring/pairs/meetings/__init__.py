"""When a pair meets: times proposed and taken, and the log of what was held."""
