"""From volunteers to planned meetings: asked by an organiser, composed by the worker."""
