"""The Paper Toy: a figure to cut, fold and glue, with what was won on it; sheets of stickers."""
