"""For those who left: what they earned, to be fetched by a link, without an account."""
