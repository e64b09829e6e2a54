"""What a page was about may leave the academy while the page is open."""

from flask_babel import lazy_gettext as _

from academy.refusal import Refusal


class Withdrawn(Refusal):
    """What the page was about is no longer part of the academy."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "This was withdrawn from the academy since you opened it. "
                "Nothing was counted, and what you earned before stays yours."
            ),
            410,
        )
