"""From a large pool of volunteers to speed-meeting sessions of about ten by ten. Pure."""
