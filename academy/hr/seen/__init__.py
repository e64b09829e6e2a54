"""What human resources see of somebody: shown to that person, from the rows that human resources read."""
