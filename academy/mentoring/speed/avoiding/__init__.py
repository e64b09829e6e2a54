"""People somebody would rather not meet: private, and felt only in who sits where."""
