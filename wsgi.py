"""The application for a WSGI server: `granian --interface wsgi wsgi:app`."""

import gc

from academy import create_app, logs, memory

app = create_app()
logs.begin(app.config["SETTINGS"].log, words=app.config["SETTINGS"].demo)

memory.give_back()
memory.keep()
gc.set_threshold(20_000, 20, 20)
