"""Runs migrations through the application's own engine, one transaction for all of them."""

from alembic import context
from sqlalchemy import Connection

from academy.database import Base, db


def without_foreign_keys(connection: Connection) -> None:
    """SQLite rebuilds a table to alter it; with foreign keys on, dropping the old one would cascade.

    The pragma is silently ignored inside a transaction, hence the commit before it.
    """
    if connection.dialect.name == "sqlite":
        connection.commit()
        raw = connection.connection.dbapi_connection
        raw.execute("PRAGMA foreign_keys=OFF")


def with_foreign_keys(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        connection.connection.dbapi_connection.execute("PRAGMA foreign_keys=ON")


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
                context.run_migrations()
            connection.commit()
        finally:
            connection.rollback()  # after a failure: the pragma is ignored inside a transaction
            with_foreign_keys(connection)


run()
