"""Communities: groups, what their members write, and how a group keeps its house in order."""
