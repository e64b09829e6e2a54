"""granian, with the academy read once: the processes it makes share the memory of what was read.

`python -m academy.serving --interface wsgi ... wsgi:app`, as granian's own command. Each process takes up
what was published since with its first request, as one that was there before does within two seconds.
"""

from datetime import UTC, datetime
from importlib import import_module
from typing import Final

from flask import Flask
from flask_babel import force_locale, get_translations
from granian.cli import entrypoint

from academy import memory
from academy.database import db
from academy.web import words
from wsgi import app

ASKED_FOR_LATER: Final = ("holidays.countries", "huey", "huey.serializer")
"""What a web process imports once people are at work: 16 MB of holidays and of the queue."""
A_MOMENT: Final = datetime(2026, 1, 1, tzinfo=UTC)


def make_ready(academy: Flask) -> None:
    """Read before the processes are forked what each of them would read for itself in its first hour.

    Nothing that belongs to one process: no connection, no thread, nothing that chance decides.
    """
    for name in ASKED_FOR_LATER:
        import_module(name)
    for name in academy.jinja_env.list_templates():
        academy.jinja_env.get_template(name)
    for language in words.LANGUAGES:
        with academy.app_context(), force_locale(language):
            get_translations()
            words.weekday(A_MOMENT)
            words.moment(A_MOMENT, "Europe/Paris")
            words.number(1)
    with academy.app_context():
        db.engine.dispose()  # no connection is shared with those who are forked from here
    memory.give_back()
    memory.keep()


def main() -> None:
    make_ready(app)
    entrypoint()  # type: ignore[no-untyped-call]  # granian leaves it untyped


if __name__ == "__main__":
    main()
