"""The application for a WSGI server: `granian --interface wsgi wsgi:app`."""

import gc

from academy import create_app, logs, memory

app = create_app()
logs.begin(app.config["SETTINGS"].log, words=app.config["SETTINGS"].demo)

# What is there now stays: looking for waste in it, every few requests, finds none.
memory.give_back()
gc.freeze()
gc.set_threshold(20_000, 20, 20)
