"""For those who fill the shelves: gifts, budgets, the report."""
