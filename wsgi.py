"""The application for a WSGI server: `granian --interface wsgi wsgi:app`."""

import gc

from academy import create_app, memory

app = create_app()

# What is there now stays: looking for waste in it, every few requests, finds none.
memory.give_back()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
