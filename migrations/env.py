"""Runs migrations through the application's own engine, one transaction for all of them.

Two that migrate at once take turns, and the second finds nothing to do. On PostgreSQL a table that others use
is waited for a few seconds only: whoever waits for it longer keeps everybody behind it waiting too.
"""

from alembic import context
from sqlalchemy import Connection, text

from academy.database import BUSY_TIMEOUT_MS, Base, db

TURN = 7_265_010
LOCK_MS = 5_000
LONGEST_TURN_MS = 600_000


def without_foreign_keys(connection: Connection) -> None:
    """SQLite rebuilds a table to alter it; with foreign keys on, dropping the old one would cascade.

    The pragma is silently ignored inside a transaction, hence the commit before it.
    """
    if connection.dialect.name == "sqlite":
        connection.commit()
        raw = connection.connection.dbapi_connection
        raw.execute("PRAGMA foreign_keys=OFF")
        raw.execute(f"PRAGMA busy_timeout={LONGEST_TURN_MS}")


def with_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        raw = connection.connection.dbapi_connection
        raw.execute("PRAGMA foreign_keys=ON")
        raw.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")


def take_turn(connection: Connection) -> None:
    """Until the commit. SQLite's own BEGIN IMMEDIATE does it there."""
    if connection.dialect.name == "postgresql":
        for name in ("statement_timeout", "idle_in_transaction_session_timeout", "lock_timeout"):
            connection.execute(text(f"SET LOCAL {name} = 0"))
        connection.execute(text(f"SELECT pg_advisory_xact_lock({TURN})"))
        connection.execute(text(f"SET LOCAL lock_timeout = {LOCK_MS}"))


def run() -> None:
    with db.engine.connect() as connection:
        without_foreign_keys(connection)
        context.configure(
            connection=connection,
            target_metadata=Base.metadata,
            compare_type=True,
            render_as_batch=True,
        )
        try:
            with context.begin_transaction():
                take_turn(connection)
                context.run_migrations()
            connection.commit()
        finally:
            connection.rollback()  # after a failure: the pragma is ignored inside a transaction
            with_foreign_keys(connection)


run()
