"""An expected "no", said beside the field that is to be mended."""

from wtforms import Field

from academy.database import db
from academy.refusal import Refusal


def beside(field: Field, refused: Refusal) -> None:
    """The page shows why beside this field; nothing of what was begun is kept."""
    db.session.rollback()
    field.errors = [str(refused.words)]
