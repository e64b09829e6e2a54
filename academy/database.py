"""The database: base class, types, SQLite pragmas, and who may write.

SQLite takes one writer at a time. A transaction that reads first and writes later fails at once when
somebody else wrote in between, whatever the busy timeout; hence every transaction that may write begins
with BEGIN IMMEDIATE and waits its turn. Pages that only read say so (see `reading_only`) and never wait.
"""

import json
from contextvars import ContextVar, copy_context
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated, Any, TypeVar, cast

from flask import Flask
from flask_sqlalchemy import SQLAlchemy
from sqlalchemy import (
    JSON,
    BigInteger,
    Connection,
    Date,
    DateTime,
    Dialect,
    Engine,
    Executable,
    Insert,
    Integer,
    MetaData,
    Select,
    String,
    Table,
    event,
    func,
    select,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert
from sqlalchemy.orm import DeclarativeBase, mapped_column, registry
from sqlalchemy.types import TypeDecorator

from academy import connecting, sharing, transaction
from academy.migrating import Migrate
from academy.settings import Settings
from academy.transaction import Begun

BUSY_TIMEOUT_MS = 10_000

Row = TypeVar("Row")

_may_write: ContextVar[bool] = ContextVar("may_write", default=True)


class UTCDateTime(TypeDecorator[datetime]):
    """Moments are aware and UTC on both sides; SQLite keeps them naive."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


Json = JSON().with_variant(JSONB(), "postgresql")
BigId = BigInteger().with_variant(Integer(), "sqlite")
ID = Annotated[int, mapped_column(BigId, primary_key=True)]


class Base(DeclarativeBase):
    registry = registry(
        metadata=MetaData(
            naming_convention={
                "ix": "ix_%(column_0_N_label)s",
                "uq": "uq_%(table_name)s_%(column_0_N_name)s",
                "ck": "ck_%(table_name)s_%(constraint_name)s",
                "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
                "pk": "pk_%(table_name)s",
            }
        ),
        type_annotation_map={
            datetime: UTCDateTime(),
            date: Date(),
            str: String(),
            dict[str, Any]: Json,
            list[str]: Json,
        },
    )


OPTIONS = {
    "hide_parameters": True,  # logs name nobody
    "json_serializer": json.JSONEncoder().encode,  # as json.dumps, which looks at its options each time
}
db = SQLAlchemy(
    model_class=Base, session_options={"expire_on_commit": False, "class_": transaction.Session}
)
migrate = Migrate(directory=str(Path(__file__).resolve().parent.parent / "migrations"))


def options(config: Settings) -> dict[str, Any]:
    return {**OPTIONS, **connecting.options(config)}


def init_app(app: Flask, config: Settings) -> None:
    """Bind the database to the application, and say how each connection begins."""
    transaction.init_app(app)  # before the session's: what is torn down last was registered first
    db.init_app(app)
    migrate.init_app(app, db)
    with app.app_context():
        if db.engine.dialect.name == "sqlite":
            _tune_sqlite(db.engine, config.sqlite_synchronous)
        else:
            connecting.listen(db.engine, config)


def leave_room() -> None:
    """Jobs of this process take turns with whoever else writes to the same SQLite file."""
    if db.engine.dialect.name == "sqlite":
        sharing.leave_room(db.engine)


def reading_only() -> None:
    """Promise that this request only reads, until `about_to_write` says otherwise."""
    _may_write.set(False)


def about_to_write() -> None:
    """From here on this request may write. What was read so far is let go, to be read again."""
    if not _may_write.get():
        rollback()
        _may_write.set(True)


def may_write() -> None:
    """This request may write from its first statement on."""
    _may_write.set(True)


def beside(engine: Engine, statement: Executable) -> list[Any]:
    """The rows, by a short reading transaction of its own, beside the session of the request."""

    def ask() -> list[Any]:
        reading_only()
        with engine.connect() as connection:
            return list(connection.execute(statement))

    return copy_context().run(ask)


def begin() -> Begun:
    """A transaction for prepared statements alone; a session that is asked for takes it over."""
    engine = db.engine
    return transaction.begin(engine, _begin() if engine.dialect.name == "sqlite" else None)


def commit() -> None:
    """`db.session.commit()`, which costs little when no session was asked for."""
    if not transaction.commit():
        db.session.commit()


def rollback() -> None:
    """`db.session.rollback()`, likewise."""
    if not transaction.roll_back():
        db.session.rollback()


def insert(table: Any) -> Any:
    """An INSERT that knows ON CONFLICT, in the dialect at hand."""
    maker = sqlite_insert if db.engine.dialect.name == "sqlite" else postgresql_insert
    statement: Insert = maker(table)
    return statement


def table(model: type[Base]) -> Table:
    """The table of a model, for statements that make no entities."""
    return cast(Table, model.__table__)


def fresh(statement: Select[Row]) -> Select[Row]:
    """Read rows anew even when the session holds them: for tables that are written by statements."""
    return statement.execution_options(populate_existing=True)


def _tune_sqlite(engine: Engine, synchronous: str) -> None:
    @event.listens_for(engine, "connect")
    def pragmas(connection: Any, _record: Any) -> None:
        connection.isolation_level = None  # we begin transactions ourselves, below
        cursor = connection.cursor()
        for pragma in (
            "journal_mode=WAL",
            f"synchronous={'FULL' if synchronous.upper() == 'FULL' else 'NORMAL'}",
            f"busy_timeout={BUSY_TIMEOUT_MS}",
            "foreign_keys=ON",
            "cache_size=-8000",
        ):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        driver: Any = connection.connection.dbapi_connection
        if not driver.in_transaction:  # else it is taken over: see `transaction`
            send(connection, _begin(), ())


def _begin() -> str:
    """How the transaction that is about to begin begins."""
    if not _may_write.get():
        return "BEGIN"
    sharing.turns.take()
    return "BEGIN IMMEDIATE"


def send(connection: Connection, sql: str, given: Any) -> Any:
    """By the driver itself; whoever listens to statements hears of it. Gives the driver's cursor."""
    driver: Any = connection.connection.dbapi_connection
    if connection.dispatch.before_cursor_execute:
        connection.dispatch.before_cursor_execute(connection, None, sql, given, None, False)
    try:
        return driver.execute(sql, given)
    except connection.dialect.loaded_dbapi.Error as error:
        # told as SQLAlchemy tells it, and a connection that is lost is let go with all of its age
        connection._handle_dbapi_exception(error, sql, None, None, None)


def one_at_a_time(person_id: int) -> None:
    """Until the commit, nobody else changes this person's state through here.

    On SQLite a writer is alone anyway; on PostgreSQL an advisory lock keeps two tabs apart.
    """
    if db.engine.dialect.name == "postgresql":
        db.session.execute(select(func.pg_advisory_xact_lock(person_id)))
