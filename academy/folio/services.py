"""Opening somebody's page, and writing it back: one statement each, whatever happened in between."""

from sqlalchemy import bindparam, update

from academy.database import db, insert
from academy.folio import queries
from academy.folio.models import Folio
from academy.folio.queries import COLUMNS, PAGE, Balances, Page
from academy.prepared import Prepared

_MINE = PAGE.c.person_id == bindparam("person")
_KEEP = Prepared(
    lambda: (
        update(PAGE)
        .where(_MINE)
        .values(
            {
                "mind": bindparam("mind"),
                "tallies": bindparam("tallies"),
                "awards": bindparam("awards"),
                "points": PAGE.c["points"] + bindparam("more_points"),
                "stars": PAGE.c["stars"] + bindparam("more_stars"),
                "keys": PAGE.c["keys"] + bindparam("more_keys"),
                "stars_ever": PAGE.c["stars_ever"] + bindparam("more_stars"),
                "keys_ever": PAGE.c["keys_ever"] + bindparam("more_keys"),
            }
        )
    )
)


def open_page(person_id: int) -> Page:
    """The person's page, in one hand until the commit; somebody without one is given one."""
    return queries.page_of(person_id, for_update=True) or begin(person_id)


def begin(person_id: int) -> Page:
    """An empty page, in one hand; the one that is there, if somebody else was quicker.

    Its mind is not known yet: there may be answers to make it from.
    """
    statement = insert(Folio).values(person_id=person_id, mind=None)
    row = db.session.execute(
        statement.on_conflict_do_update(
            index_elements=[Folio.person_id], set_={"points": Folio.points}
        ).returning(*COLUMNS)
    ).one()
    return Page.of(person_id, row)


def keep(page: Page) -> None:
    """Write what changed. What was earned is added in SQL: nothing spent meanwhile comes back."""
    _KEEP.change(
        {
            "person": page.person_id,
            "mind": page.mind,
            "tallies": page.tallies,
            "awards": page.awards,
            "more_points": page.points,
            "more_stars": page.stars,
            "more_keys": page.keys,
        }
    )
    page.stars_ever += page.stars
    page.keys_ever += page.keys
    page.points = page.stars = page.keys = 0


def restate(page: Page, balances: Balances) -> None:
    """Put balances that were made anew in the place of those kept."""
    db.session.execute(
        update(Folio)
        .where(Folio.person_id == page.person_id)
        .values(
            points=balances.points,
            stars=balances.stars,
            keys=balances.keys,
            stars_ever=balances.stars_ever,
            keys_ever=balances.keys_ever,
        )
        .execution_options(synchronize_session=False)
    )
    page.stars_ever, page.keys_ever = balances.stars_ever, balances.keys_ever
    keep(page)
