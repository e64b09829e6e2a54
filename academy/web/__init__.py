"""What every page shares: layout, guards, errors, formatting, static files."""
