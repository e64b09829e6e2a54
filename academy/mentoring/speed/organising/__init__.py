"""The meetings of a programme as its organisers see and change them."""
