"""What human resources see: figures of groups, never of anybody."""
