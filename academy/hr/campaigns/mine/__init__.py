"""The campaigns that concern one person, as that person sees them."""
