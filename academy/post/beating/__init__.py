"""What the worker leaves behind to be seen: that it lives, and how its jobs ended."""
