"""What members write: posts, comments, likes, answers."""
