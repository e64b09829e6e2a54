"""Publishing and going back, on both databases, with real packs."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy import database
from academy.catalog import queries, releases, services
from academy.catalog.findings import BrokenPack
from academy.catalog.models import Action, Release, ReleaseInForce
from academy.catalog.releases import Worker
from academy.catalog.services import NoSuchRelease, NothingBefore, Publication, Shipping
from academy.database import db
from academy.people import audit
from tests.conftest import MONDAY
from tests.factories import make_person
from tests.services.crowd import all_at_once
from tests.services.packs import (
    fresh_worker,
    in_force,
    pack,
    publish,
    reworded,
    roll_back,
    served,
    ship,
    two_modules,
    without_question,
)

LESSON = "web-versus-internet"
QUESTION = "web-internet-1"
Counting = Callable[[], AbstractContextManager[list[str]]]

FIRST, SECOND, THIRD = (
    two_modules(),
    reworded(two_modules(), LESSON),
    reworded(two_modules(), LESSON, "Again. "),
)


@pytest.fixture(autouse=True)
def worker(app: Flask) -> Iterator[Worker]:
    with fresh_worker(app) as fresh:
        yield fresh


def counted(app: Flask, table: type[Release] | type[ReleaseInForce]) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_a_published_pack_is_in_force_and_served(app: Flask) -> None:
    first = publish(app, FIRST)
    second = publish(app, SECOND, notes="A clearer end")

    assert first != second
    assert in_force(app) == served(app) == second
    with app.app_context():
        (newest, oldest), more = queries.log()
        assert (newest.key, newest.notes, oldest.key, more) == (
            second,
            "A clearer end",
            first,
            False,
        )
        assert newest.counts["lesson"] == len(releases.current().lessons)


def test_publishing_what_is_in_force_changes_nothing(app: Flask) -> None:
    for _time in range(3):
        publish(app, FIRST)

    assert counted(app, Release) == counted(app, ReleaseInForce) == 1


def test_the_same_content_is_kept_once_and_may_be_in_force_again(app: Flask) -> None:
    first = publish(app, FIRST)
    publish(app, SECOND)
    assert publish(app, FIRST) == first

    assert in_force(app) == served(app) == first
    assert counted(app, Release) == 2
    assert counted(app, ReleaseInForce) == 3


def test_a_broken_pack_changes_nothing(app: Flask) -> None:
    first = publish(app, FIRST)
    broken = {path: text for path, text in SECOND.items() if LESSON not in path}

    with pytest.raises(BrokenPack) as refused:
        publish(app, broken)

    assert len(refused.value.mistakes) >= 2
    assert in_force(app) == served(app) == first
    assert counted(app, Release) == 1


def test_the_log_tells_what_each_release_changed(app: Flask) -> None:
    publish(app, without_question(FIRST, QUESTION))
    publish(app, FIRST)
    publish(app, SECOND)

    with app.app_context():
        (third, second, first), _more = queries.log()
        assert (first.added, first.changed, first.withdrawn) == (None, None, None)
        assert (second.added, second.withdrawn) == (1, 0)
        assert (third.added, third.changed, third.withdrawn) == (0, 1, 0)
        found = queries.line(third.id)
        assert found is not None
        assert found[1] is not None
        assert [thing.key for thing in found[1].changed] == [LESSON]
        assert queries.line(third.id + 1) is None


def test_twenty_who_publish_the_same_at_once_publish_it_once(app: Flask) -> None:
    publish(app, FIRST)
    made = pack(SECOND)

    done = all_at_once(app, lambda _n: services.publish(made, Publication(), MONDAY))

    assert sorted(done) == [False] * 19 + [True]
    assert counted(app, ReleaseInForce) == 2


def test_an_author_is_named_and_forgotten_when_they_leave(app: Flask) -> None:
    with app.app_context():
        author = make_person()
    publish(app, FIRST, person_id=author.id)

    with app.app_context():
        assert queries.log()[0][0].by == f"{author.given_name} {author.family_name}"
        db.session.delete(author)
        db.session.commit()
        assert queries.log()[0][0].by == ""


def test_every_publication_and_every_way_back_is_in_the_audit_log(app: Flask) -> None:
    first, second = publish(app, FIRST), publish(app, SECOND)
    publish(app, SECOND)
    roll_back(app)

    with app.app_context():
        told, _more = audit.entries(audit.Wanted())
    assert [(each.act, each.subject, each.details["from"]) for each in told] == [
        ("release-rolled-back", f"release:{first}", second),
        ("release-published", f"release:{second}", first),
        ("release-published", f"release:{first}", ""),
    ]


def test_the_release_in_force_is_read_before_writing(
    app: Flask, worker: Worker, count_statements: Counting
) -> None:
    publish(app, FIRST)
    worker.recent.clear()
    made = pack(SECOND)

    with app.app_context():
        found = services.in_force()
        db.session.rollback()
        database.may_write()
        with count_statements() as statements:
            services.publish(made, Publication(), MONDAY)
        db.session.rollback()
    assert found is not None
    assert not any("content_release.files" in each for each in statements)


def test_rolling_back_undoes_one_publication_after_the_other(app: Flask) -> None:
    first, second, third = publish(app, FIRST), publish(app, SECOND), publish(app, THIRD)

    assert roll_back(app) == served(app) == second
    assert roll_back(app) == served(app) == first
    with pytest.raises(NothingBefore):
        roll_back(app)

    assert publish(app, THIRD) == served(app) == third
    assert roll_back(app) == served(app) == first, (
        "what was in force before, not the one in between"
    )


def test_any_release_may_be_put_back_by_its_key(app: Flask) -> None:
    first = publish(app, FIRST)
    publish(app, SECOND)
    publish(app, THIRD)

    assert roll_back(app, first) == in_force(app) == served(app) == first
    assert roll_back(app, first) == first
    assert counted(app, ReleaseInForce) == 4

    with app.app_context():
        newest = queries.newest()
        assert newest is not None
        assert newest.action == Action.ROLLBACK


def test_there_is_no_way_back_to_what_was_never_there(app: Flask) -> None:
    with pytest.raises(NothingBefore):
        roll_back(app)
    publish(app, FIRST)

    with pytest.raises(NoSuchRelease):
        roll_back(app, "0123456789ab")

    with app.app_context(), pytest.raises(NoSuchRelease):
        services.roll_back(pack(SECOND).catalog, Publication(), MONDAY)


def test_the_shipped_content_is_published_when_it_changes(app: Flask) -> None:
    assert shipping(app, "1") is Shipping.DUE
    first = ship(app, FIRST)
    assert shipping(app, first) is Shipping.DONE
    assert shipping(app, "2") is Shipping.DUE


def test_what_an_author_published_later_is_never_overruled(app: Flask) -> None:
    first = ship(app, FIRST)
    publish(app, SECOND)

    assert shipping(app, first) is Shipping.DONE
    assert shipping(app, "2") is Shipping.OVERRULED


def test_going_back_to_the_shipped_content_lets_it_change_again(app: Flask) -> None:
    first = ship(app, FIRST)
    publish(app, SECOND)
    roll_back(app)

    assert shipping(app, first) is Shipping.DONE
    assert shipping(app, "2") is Shipping.DUE


def test_going_back_to_an_authors_release_keeps_it(app: Flask) -> None:
    publish(app, FIRST)
    ship(app, SECOND)
    roll_back(app)

    assert shipping(app, "2") is Shipping.OVERRULED


def shipping(app: Flask, key: str) -> Shipping:
    with app.app_context():
        return services.shipping(key)
