"""Why a database cannot be copied or put back."""


class StoreFailed(Exception):
    """The database server, or a tool of its, is missing or said no; the message is theirs."""


class InUse(Exception):
    """Somebody has the database open."""

    def __init__(self) -> None:
        super().__init__("The database is in use: stop the academy first.")
