"""A speed meeting while it is held: room screen, phones, cockpit."""
