"""What a person knows: answers, the memory of each notion, and the engine that chooses what to ask."""
