"""A transaction begun by the driver alone, for requests that send nothing but prepared statements.

SQLAlchemy's session takes as long to begin and to end as the statements of an answer take together. So the
first prepared statement of a request begins here; the session, when somebody asks for it after all, takes the
same transaction over, and it is the session's from then on: its commit, its rollback, its events. Nobody but
`prepared`, `database` and the session of this module knows.
"""

from typing import Any, Final

from flask import Flask
from flask_sqlalchemy.session import Session as FlaskSession
from sqlalchemy import Connection, Engine
from sqlalchemy.exc import DBAPIError

from academy import proxies

_BEGUN: Final = "academy.transaction"


class Begun:
    """One connection out of the pool, in a transaction."""

    __slots__ = ("_core", "_open", "engine", "held")

    def __init__(self, engine: Engine, begin: str | None) -> None:
        """`begin`: the statement that begins it, where the driver does not."""
        self.engine, self._open = engine, False
        self._core: Connection | None = None
        try:
            self.held = engine.raw_connection()
        except engine.dialect.loaded_dbapi.Error as error:
            Connection._handle_dbapi_exception_noconnection(error, engine.dialect, engine)
        try:
            if begin:
                self.send(begin, ())
        except BaseException:
            self.held.close()
            raise
        self._open = True

    def send(self, sql: str, given: Any) -> Any:
        """By the driver itself; whoever listens to statements hears of it. Gives the driver's cursor."""
        driver: Any = self.held.dbapi_connection
        if driver is None:  # it was cut: SQLAlchemy says what is to be done first
            driver = self.connect().connection.dbapi_connection
        heard = self.engine.dispatch.before_cursor_execute
        if heard:
            heard(self._core, None, sql, given, None, False)
        try:
            return driver.execute(sql, given)
        except self.engine.dialect.loaded_dbapi.Error as error:
            self._tell(error, sql)

    def commit(self) -> None:
        driver: Any = self.held.dbapi_connection
        try:
            driver.commit()
        except self.engine.dialect.loaded_dbapi.Error as error:
            self._tell(error, None)
        self.held.close()

    def close(self) -> None:
        """What was not committed never was: the pool rolls back."""
        self.held.close()

    def connect(self) -> Connection:
        """As SQLAlchemy knows it: in the transaction that has begun."""
        if self._core is None:
            self._core = Connection(self.engine, self.held)
            self._core.begin()
        return self._core

    def _tell(self, error: Exception, sql: str | None) -> None:
        """As SQLAlchemy tells it; a connection that is lost is let go with all of its age."""
        core = self.connect() if self._open else Connection(self.engine, self.held)
        core._handle_dbapi_exception(error, sql, None, None, None)


class Session(FlaskSession):
    """Takes over what has begun."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        begun: Begun | None = proxies.kept().pop(_BEGUN, None)
        if begun is not None:
            self.connection(bind_arguments={"bind": begun})

    def close(self) -> None:
        """What is let go asks for no answer: a connection lost meanwhile is no fault of the request."""
        try:
            super().close()
        except DBAPIError as lost:
            if not lost.connection_invalidated:
                raise
            super().close()  # it is gone from the pool, with all of its age


def init_app(app: Flask) -> None:
    app.teardown_appcontext(_let_go)


def begun() -> Begun | None:
    """What has begun in this request, if no session has taken it over."""
    found: Begun | None = proxies.kept().get(_BEGUN)
    return found


def begin(engine: Engine, statement: str | None) -> Begun:
    new = Begun(engine, statement)
    setattr(proxies.kept(), _BEGUN, new)
    return new


def commit() -> bool:
    """Commit what has begun; False when there is none."""
    found: Begun | None = proxies.kept().pop(_BEGUN, None)
    if found is None:
        return False
    try:
        found.commit()
    except BaseException:
        found.close()
        raise
    return True


def roll_back() -> bool:
    """Let go of what has begun; False when there is none."""
    found: Begun | None = proxies.kept().pop(_BEGUN, None)
    if found is not None:
        found.close()
    return found is not None


def _let_go(_error: BaseException | None) -> None:
    roll_back()
