"""granian, with the academy read once: the processes it makes share the memory of what was read.

`python -m academy.serving --interface wsgi ... wsgi:app`, as granian's own command. Each process takes up
what was published since with its first request, as one that was there before does within two seconds.
"""

from granian.cli import entrypoint

from academy.database import db
from wsgi import app


def main() -> None:
    with app.app_context():
        db.engine.dispose()  # no connection is shared with those who are forked from here
    entrypoint()  # type: ignore[no-untyped-call]  # granian leaves it untyped


if __name__ == "__main__":
    main()
