"""Finding people, and what administrators do with their accounts."""
