"""Games that find out where somebody stands: the placement, twelve questions told as a voyage."""
