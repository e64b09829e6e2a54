"""How much a file may hold, and the refusal of one that cannot be read. Pure."""

MOST_BYTES = 48 * 1024 * 1024
MOST_UNPACKED = 400 * 1024 * 1024
MOST_PARTS = 1_000
MOST_RATIO = 200
MOST_ROWS = 300_000
MOST_ENTITIES = 20_000
MOST_LINES = 1_048_576
MOST_COLUMNS = 60
LONGEST_CELL = 500


class Unreadable(Exception):
    """The message is a reason that `words.UNREADABLE` says."""
