"""The application for a WSGI server: `granian --interface wsgi wsgi:app`."""

from academy import create_app

app = create_app()
