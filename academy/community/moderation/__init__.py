"""What was reported, and what the animators decide."""
