"""Working days: closures of sites, working patterns, leave, and the calendar they make."""
