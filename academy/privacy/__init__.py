"""What is kept about a person: shown, handed over, erased. Collected from every feature."""
