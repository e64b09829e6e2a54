"""For those who hand gifts over."""
