"""The pages of tracks: mine and why, step by step, following and leaving."""
