"""Imports: tried out before anything is written, applied in parts, dated; twice the same changes nothing."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from flask import Flask
from sqlalchemy import func, select

from academy.database import db
from academy.people import audit, places
from academy.people import services as accounts
from academy.people.importing import opening, queries, services, working
from academy.people.importing.models import (
    Import,
    ImportPiece,
    ImportRow,
    Kind,
    State,
    Verdict,
)
from academy.people.importing.services import Confirmed, NotConfirmed, NotNow, Wished
from academy.people.leaving.queries import departure
from academy.people.models import Entity, Person, Posting, Role, RoleGrant
from academy.privacy.jobs import forget_what_is_over
from tests import imports
from tests.conftest import MONDAY
from tests.factories import TODAY, make_person, make_site
from tests.imports import admin, applied, office, people, somebody, tried, verdicts, wrong
from tests.postbox import mails


def at(email: str) -> Person:
    return db.session.scalars(select(Person).where(Person.email == f"{email}@aurore.example")).one()


def postings(person: Person) -> list[tuple[int, str, int | None, date, date | None]]:
    rows = db.session.scalars(
        select(Posting).where(Posting.person_id == person.id).order_by(Posting.id)
    )
    return [(p.entity_id, p.job_family, p.manager_id, p.starts_on, p.ends_on) for p in rows]


def test_nothing_is_written_until_it_is_confirmed(context: Flask) -> None:
    team = office()

    work = tried(admin(), people(somebody("A1", "Zoe", team)))

    assert work.state == State.EXAMINED
    assert verdicts(work) == {"new": 1}
    assert db.session.scalar(select(Person.id).where(Person.given_name == "Zoe")) is None


def test_newcomers_get_an_account_a_place_and_a_manager_who_stands_below_them(
    context: Flask,
) -> None:
    team, boss = office(), admin()

    work = applied(
        boss,
        people(
            somebody("A1", "Zoe", team, Responsable="A2", Contrat="CDI", Entrée="12/01/2026"),
            somebody("A2", "Max", team, Métier="Informatique", Langue="anglais", Horaire="nuit"),
        ),
    )

    zoe, chief = at("zoe"), at("max")
    assert (work.state, verdicts(work)) == (State.DONE, {"new": 2})
    assert (zoe.staff_number, zoe.language, zoe.joined_on) == ("A1", "fr", date(2026, 1, 12))
    assert postings(zoe) == [(team.id, "Ventes", chief.id, date(2026, 1, 12), None)]
    assert postings(chief) == [(team.id, "it", None, TODAY, None)]
    assert chief.language == "en"
    assert [each.act for each in audit.entries(audit.Wanted())[0]] == ["people-imported"]


def test_the_same_file_twice_changes_nothing(context: Flask) -> None:
    team, boss = office(), admin()
    content = people(
        somebody("A1", "Zoe", team, Responsable="max@aurore.example", Sortie="2026-12-31"),
        somebody("A2", "Max", team),
    )
    applied(boss, content)
    before = [postings(at(each)) for each in ("zoe", "max")]

    again = tried(boss, content)

    assert verdicts(again) == {"same": 2}
    applied(boss, content)
    assert [postings(at(each)) for each in ("zoe", "max")] == before


def test_a_move_is_dated_and_the_past_is_kept(context: Flask) -> None:
    team, other, boss = office(), make_site(site="Nantes"), admin()
    applied(boss, people(somebody("A1", "Zoe", team, Entrée="2025-01-06")))

    work = applied(boss, people(somebody("A1", "Zoe", other, **{"Depuis le": "2026-02-16"})))

    assert verdicts(work) == {"moved": 1}
    assert postings(at("zoe")) == [
        (team.id, "Ventes", None, date(2025, 1, 6), date(2026, 2, 15)),
        (other.id, "Ventes", None, date(2026, 2, 16), None),
    ]
    assert places.chain(at("zoe").id, date(2026, 2, 1))[0].id == team.id


def test_a_manager_who_changes_makes_a_new_posting_from_that_day(context: Flask) -> None:
    team, boss = office(), admin()
    rows = [somebody("A2", "Max", team), somebody("A3", "Ida", team)]
    first = somebody("A1", "Zoe", team, Responsable="A2", Entrée="2025-01-06")
    applied(boss, people(first, *rows))

    work = applied(boss, people(somebody("A1", "Zoe", team, Responsable="A3"), *rows))

    assert verdicts(work) == {"changed": 1, "same": 2}
    assert [row[2:] for row in postings(at("zoe"))] == [
        (at("max").id, date(2025, 1, 6), TODAY - timedelta(days=1)),
        (at("ida").id, TODAY, None),
    ]
    applied(boss, people(somebody("A1", "Zoe", team, Responsable="-"), *rows))
    assert postings(at("zoe"))[-1][2:] == (None, TODAY, None)


def test_a_manager_may_be_somebody_whose_number_comes_with_the_file(context: Flask) -> None:
    team, boss, chief = office(), admin(), make_person()
    known = somebody("A2", "Ada", team, Nom=chief.family_name, **{"E-mail": chief.email})

    work = applied(boss, people(known, somebody("A1", "Zoe", team, Responsable="A2")))

    assert verdicts(work) == {"moved": 1, "new": 1}
    assert postings(at("zoe"))[0][2] == chief.id


def test_every_mistake_is_told_with_its_line_and_column(context: Flask) -> None:
    team, boss = office(), admin()
    applied(boss, people(somebody("A9", "Ida", team), somebody("A8", "Ana", team)))

    work = tried(
        boss,
        people(
            somebody("A1", "Zoe", team, Entité="nowhere", Langue="klingon"),
            somebody("A2", "Max", team, Responsable="A77"),
            somebody("A2", "Tom", team),
            somebody("A3", "Ana", team),
            somebody("A4", "Eve", team, Entrée="31/02/2026", **{"E-mail": "eve"}),
            somebody("A5", "Leo", team, Responsable="A5"),
            somebody("A6", "Lou", team, **{"Nom": ""}),
            somebody("A9", "Ida", team, Métier="it", **{"Depuis le": "2026-03-09"}),
        ),
    )

    assert wrong(work) == [
        (2, "language", "no-language"),
        (2, "entity", "no-entity"),
        (3, "manager", "no-manager"),
        (4, "email", "twice"),
        (5, "email", "address-taken"),
        (6, "email", "no-address"),
        (6, "joined_on", "no-date"),
        (7, "manager", "own-manager"),
        (8, "family_name", "needed"),
        (9, "since", "since-future"),
    ]


def test_wrong_rows_are_left_out_only_if_one_says_so(context: Flask) -> None:
    team, boss = office(), admin()
    content = people(somebody("A1", "Zoe", team), somebody("A2", "Max", team, Langue="x"))
    work = tried(boss, content)

    with pytest.raises(NotConfirmed):
        services.confirm(work, Confirmed(), MONDAY)
    services.confirm(work, Confirmed(without_wrong=True), MONDAY)
    db.session.commit()
    imports.work_off()

    assert at("zoe").active
    assert db.session.scalar(select(Person.id).where(Person.given_name == "Max")) is None


def test_an_address_is_changed_by_an_administrator_only(context: Flask) -> None:
    team, boss = office(), admin()
    applied(boss, people(somebody("A1", "Zoe", team)))
    before = at("zoe").epoch
    wed = people(
        somebody("A1", "Zoe", team, Nom="Durand", **{"E-mail": "zoe.durand@aurore.example"})
    )

    assert wrong(tried(make_person(Role.HR), wed)) == [(2, "email", "address-kept")]
    applied(boss, wed)

    assert (at("zoe.durand").family_name, at("zoe.durand").epoch) == ("Durand", before + 1)


def test_somebody_known_by_their_address_gets_the_number_of_the_file(context: Flask) -> None:
    team, boss = office(), admin()
    person = make_person()

    work = applied(
        boss,
        people(somebody("A1", "Ada", team, Nom=person.family_name, **{"E-mail": person.email})),
    )

    assert verdicts(work) == {"moved": 1}
    db.session.refresh(person)
    assert person.staff_number == "A1"
    assert places.chain(person.id, TODAY)[0].id == team.id


def test_hr_of_a_site_brings_people_in_there_and_nowhere_else(context: Flask) -> None:
    team, other, boss = office(), make_site(site="Nantes"), admin()
    site = db.session.get_one(Entity, places.above(team.id, TODAY)[1].id)
    hr = make_person()
    accounts.grant(hr, [Role.HR], date(2026, 1, 5), site)
    applied(boss, people(somebody("A2", "Max", other), somebody("A3", "Ida", team)))

    work = tried(
        hr,
        people(
            somebody("A1", "Zoe", team),
            somebody("A2", "Max", team),
            somebody("A3", "Ida", other),
            somebody("A4", "Tom", other),
        ),
    )

    assert verdicts(work) == {"new": 1, "wrong": 3}
    assert wrong(work) == [
        (3, "", "out-of-reach"),
        (4, "entity", "entity-out-of-reach"),
        (5, "entity", "entity-out-of-reach"),
    ]


def test_what_may_be_done_is_looked_at_again_when_it_is_applied(context: Flask) -> None:
    team, boss = office(), admin()
    work = tried(boss, people(somebody("A1", "Zoe", team)))
    services.confirm(work, Confirmed(), MONDAY)
    for grant in db.session.scalars(select(RoleGrant)):
        db.session.delete(grant)
    db.session.commit()

    imports.work_off()

    assert verdicts(imports.found(work.id, boss)) == {"wrong": 1}
    assert db.session.scalar(select(Person.id).where(Person.given_name == "Zoe")) is None


def test_a_last_day_that_is_over_closes_the_account_and_one_to_come_waits(context: Flask) -> None:
    team, boss = office(), admin()
    rows = [somebody(f"A{n}", f"P{n}", team, Entrée="2025-01-06") for n in range(40)]
    applied(boss, people(*rows))

    work = applied(
        boss,
        people(
            somebody("A1", "P1", team, Sortie="2026-02-27"),
            somebody("A2", "P2", team, Sortie="2026-03-31"),
            somebody("A50", "Old", team, Sortie="2020-01-31"),
        ),
    )

    gone, going = at("p1"), at("p2")
    assert verdicts(work) == {"leaving": 2, "same": 1}
    assert (gone.active, postings(gone)[-1][4]) == (False, date(2026, 2, 27))
    assert (going.active, postings(going)[-1][4]) == (True, None)
    left, leaving = departure(gone.id), departure(going.id)
    assert left is not None
    assert left.closed_at == MONDAY
    assert leaving is not None
    assert (leaving.last_on, leaving.closed_at) == (date(2026, 3, 31), None)
    stays = applied(boss, people(somebody("A2", "P2", team, Sortie="-")))
    assert verdicts(stays) == {"changed": 1}
    assert departure(going.id) is None


def test_a_complete_list_proposes_those_who_are_absent_but_nobody_beyond_reach(
    context: Flask,
) -> None:
    team, other, boss = office(), make_site(site="Nantes"), admin()
    site = db.session.get_one(Entity, places.above(team.id, TODAY)[1].id)
    hr = make_person()
    accounts.grant(hr, [Role.HR], date(2026, 1, 5), site)
    here = [somebody(f"A{n}", f"P{n}", team) for n in range(12)]
    applied(boss, people(*here, somebody("B1", "Far", other)))

    work = applied(hr, people(*here[1:]), complete=True)

    assert verdicts(work) == {"same": 11, "leaving": 1}
    assert [at(f"p{n}").active for n in range(3)] == [False, True, True]
    assert at("far").active
    assert boss.active


def test_more_than_one_in_ten_leave_only_if_their_number_is_typed(context: Flask) -> None:
    team, boss = office(), admin()
    rows = [somebody(f"A{n}", f"P{n}", team) for n in range(10)]
    applied(boss, people(*rows))
    work = tried(boss, people(*rows[2:]), complete=True)

    for typed in (None, 1, 3):
        with pytest.raises(NotConfirmed):
            services.confirm(work, Confirmed(leaving=typed), MONDAY)
    assert verdicts(work) == {"same": 8, "leaving": 2}
    services.confirm(work, Confirmed(leaving=2), MONDAY)
    db.session.commit()
    imports.work_off()

    assert [at(f"p{n}").active for n in range(3)] == [False, False, True]


def test_a_complete_list_with_rows_that_name_nobody_is_refused(context: Flask) -> None:
    team, boss = office(), admin()
    rows = [somebody(f"A{n}", f"P{n}", team) for n in range(12)]
    applied(boss, people(*rows))
    broken = somebody("", "P0", team, **{"E-mail": "p0"})

    work = tried(boss, people(broken, *rows[1:]), complete=True)

    with pytest.raises(NotConfirmed):
        services.confirm(work, Confirmed(without_wrong=True, leaving=1), MONDAY)


def test_hr_does_not_make_administrators_leave_nor_anybody_themself(context: Flask) -> None:
    team, boss, hr = office(), admin(), make_person(Role.HR)
    rows = [
        somebody(
            "A1", "Ada", team, Nom=each.family_name, Sortie="2026-02-27", **{"E-mail": each.email}
        )
        for each in (boss, hr)
    ]
    rows[1][0] = "A2"

    assert wrong(tried(hr, people(*rows))) == [
        (2, "leaves_on", "admin-leaves"),
        (3, "leaves_on", "yourself"),
    ]


def test_a_killed_worker_goes_on_where_it_was(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    team, boss = office(), admin()
    monkeypatch.setattr(opening, "PART", 10)
    content = people(
        *[somebody(f"A{n}", f"P{n}", team, Responsable="A0") for n in range(1, 60)],
        somebody("A0", "P0", team),
    )
    work = tried(boss, content)
    services.confirm(work, Confirmed(), MONDAY)
    db.session.commit()
    world = queries.world(work, MONDAY)
    for _part in range(3):
        assert working.step(imports.found(work.id, boss), world, MONDAY)
        db.session.commit()
    working.step(imports.found(work.id, boss), world, MONDAY)
    db.session.rollback()  # killed before its commit

    imports.work_off()

    assert imports.found(work.id, boss).state == State.DONE
    assert db.session.scalar(select(func.count(Posting.id))) == 60
    assert {row[2] for n in range(1, 60) for row in postings(at(f"p{n}"))} == {at("p0").id}


def test_a_part_that_another_worker_did_is_not_done_again(context: Flask) -> None:
    team, boss = office(), admin()
    work = tried(boss, people(somebody("A1", "Zoe", team)))
    services.confirm(work, Confirmed(), MONDAY)
    db.session.commit()
    seen = imports.found(work.id, boss)
    db.session.expunge(seen)
    world = queries.world(seen, MONDAY)

    assert working.step(seen, world, MONDAY)
    db.session.commit()
    assert not working.step(seen, world, MONDAY)
    db.session.rollback()

    assert len(postings(at("zoe"))) == 1


def test_the_invitation_is_sent_only_if_asked(context: Flask) -> None:
    team, boss = office(), admin()

    applied(boss, people(somebody("A1", "Zoe", team)))
    applied(boss, people(somebody("A2", "Max", team)), said=Confirmed(invite=True))

    assert [each.address for each in mails(context)] == ["max@aurore.example"]


def test_the_file_is_gone_once_it_is_applied(context: Flask) -> None:
    work = applied(admin(), people(somebody("A1", "Zoe", office())))

    row = db.session.scalars(select(ImportRow)).one()
    assert db.session.scalar(select(func.count()).select_from(ImportPiece)) == 0
    assert (row.key, row.address, row.said, row.person_id) == (None, None, {}, at("zoe").id)
    assert work.samples == []


def test_what_was_left_lying_goes_after_a_week_and_reports_after_a_month(context: Flask) -> None:
    team, boss = office(), admin()
    done = applied(boss, people(somebody("A1", "Zoe", team)))
    tried(boss, people(somebody("A2", "Max", team)))

    forget_what_is_over(MONDAY + timedelta(days=8))
    assert [each.id for each in queries.latest(boss.id)] == [done.id]
    forget_what_is_over(MONDAY + timedelta(days=31))
    assert queries.latest(boss.id) == []
    assert db.session.scalar(select(func.count(ImportRow.id))) == 0


def test_a_file_that_cannot_be_read_says_why(context: Flask) -> None:
    boss = admin()
    number = imports.handed(boss, b"PK\x03\x04 no workbook at all")

    work = imports.found(number, boss)

    assert (work.state, work.failure) == (State.REFUSED, "broken-workbook")


def test_what_a_heading_was_taken_for_is_remembered(context: Flask) -> None:
    team, boss = office(), admin()
    content = imports.file(["Mel", "Fonction"], ["zoe@aurore.example", "it"])
    work = imports.found(imports.handed(boss, content), boss)
    assert work.mapping == {"job_family": 1}

    services.examine(work, {"email": 0, "shift": 1}, Wished(), MONDAY)
    db.session.commit()

    again = imports.found(imports.handed(boss, content), boss)
    assert again.mapping == {"email": 0, "shift": 1}
    assert team.id


def test_two_tabs_confirm_once(context: Flask) -> None:
    boss = admin()
    work = tried(boss, people(somebody("A1", "Zoe", office())))
    services.confirm(work, Confirmed(), MONDAY)
    db.session.commit()

    with pytest.raises(NotNow):
        services.confirm(work, Confirmed(), MONDAY)
    with pytest.raises(NotNow):
        services.drop(work)


def test_entities_are_opened_moved_changed_and_closed_whatever_their_order(context: Flask) -> None:
    team, boss = office(), admin()
    chain = {place.kind: place for place in places.above(team.id, TODAY)}
    company, site = chain["company"].key, chain["site"].key
    work = applied(
        boss,
        imports.file(
            imports.TREE,
            ["new-team", "Relais", "équipe", "new-site", "", "", "", "", ""],
            ["new-site", "Québec", "site", company, "Canada", "qc", "America/Toronto", "", ""],
            [team.key, "Cahiers", "", "new-site", "", "", "", "", ""],
            [site, "Lyon Sud", "", "", "fr", "", "", "", ""],
            ["lost", "Perdu", "team", "nowhere", "", "", "", "", ""],
            ["under-lost", "Perdu aussi", "team", "lost", "", "", "", "", ""],
        ),
        Kind.ENTITIES,
    )

    assert verdicts(work) == {"new": 2, "moved": 1, "changed": 1, "wrong": 2}
    assert wrong(work) == [(6, "parent", "no-entity"), (7, "parent", "no-entity")]
    assert [each.key for each in places.above(team.id, TODAY)] == [team.key, "new-site", company]
    assert places.above(team.id, TODAY)[1].region == "QC"
    assert places.above(team.id, TODAY - timedelta(days=1))[1].key == site
    again = imports.file(
        imports.TREE, ["new-site", "", "", company, "CA", "QC", "", "01/03/2026", ""]
    )
    assert verdicts(applied(boss, again, Kind.ENTITIES)) == {"wrong": 1}


def test_a_circle_of_entities_is_refused(context: Flask) -> None:
    team, boss = office(), admin()
    keys = [place.key for place in places.above(team.id, TODAY)]
    rows = [[keys[1], "", "", keys[0], "", "", "", "", ""]]

    work = tried(boss, imports.file(imports.TREE, *rows), Kind.ENTITIES)

    assert wrong(work) == [(2, "parent", "circle")]


def test_an_inhabited_entity_is_not_closed(context: Flask) -> None:
    team, boss = office(), admin()
    applied(boss, people(somebody("A1", "Zoe", team)))
    content = imports.file(imports.TREE, [team.key, "", "", "", "", "", "", "2026-03-02", ""])

    assert wrong(tried(boss, content, Kind.ENTITIES)) == [(2, "closed_on", "inhabited")]


def test_hr_of_a_site_opens_entities_under_it_only(context: Flask) -> None:
    team, other = office(), make_site(site="Nantes")
    site = db.session.get_one(Entity, places.above(team.id, TODAY)[1].id)
    hr = make_person()
    accounts.grant(hr, [Role.HR], date(2026, 1, 5), site)
    db.session.commit()

    work = tried(
        hr,
        imports.file(
            imports.TREE,
            ["mine", "À moi", "team", site.key, "", "", "", "", ""],
            ["below", "Dessous", "team", "mine", "", "", "", "", ""],
            ["theirs", "À eux", "team", other.key, "", "", "", "", ""],
            [other.key, "Pris", "", "", "", "", "", "", ""],
            ["root", "Racine", "company", "", "", "", "", "", ""],
        ),
        Kind.ENTITIES,
    )

    assert verdicts(work) == {"new": 2, "wrong": 3}
    assert [each[1:] for each in wrong(work)] == [
        ("parent", "entity-out-of-reach"),
        ("", "out-of-reach"),
        ("parent", "needed"),
    ]


def test_a_list_handed_in_twice_by_one_form_is_one_import(
    context: Flask, now: Callable[[datetime], None]
) -> None:
    boss = admin()
    handed = services.Handed(Kind.PEOPLE, "a.csv", b"E-mail\nx", "same", boss.id, "fr", TODAY)

    first, second = services.hand_in(handed, MONDAY), services.hand_in(handed, MONDAY)

    assert first == second
    assert db.session.scalar(select(func.count(Import.id))) == 1
    assert Verdict.NEW in Verdict


def test_what_happened_meanwhile_is_told_when_it_is_applied(context: Flask) -> None:
    team, boss = office(), admin()
    work = tried(
        boss,
        people(
            somebody("A1", "Zoe", team),
            somebody("A2", "Max", team, Responsable="A1", Sortie="2026-12-31"),
        ),
    )
    services.confirm(work, Confirmed(), MONDAY)
    newcomer = accounts.Newcomer("zoe@aurore.example", "Zoe", "Other", TODAY)
    person = accounts.open_account(newcomer, MONDAY)
    person.staff_number = "B1"
    db.session.commit()

    imports.work_off()

    done = imports.found(work.id, boss)
    assert (verdicts(done), wrong(done)) == (
        {"new": 1, "wrong": 1},
        [(2, "email", "address-taken")],
    )
    row = queries.some_rows(work.id, Verdict.NEW)[0][0]
    assert row.said == {}
    assert postings(at("max"))[0][2] is None


def test_the_last_administrator_is_not_made_to_leave_by_a_list(context: Flask) -> None:
    team, boss, other = office(), admin(), admin()
    rows = [somebody(f"A{n}", f"P{n}", team) for n in range(12)]
    gone = somebody("B1", "Ada", team, Nom=other.family_name, Sortie="2026-02-27")
    gone[3] = other.email
    work = tried(boss, people(*rows, gone))
    for grant in db.session.scalars(select(RoleGrant).where(RoleGrant.person_id == boss.id)):
        grant.role = Role.HR
        keys = RoleGrant(person_id=boss.id, role=Role.ADMIN, starts_on=TODAY, ends_on=TODAY)
        db.session.add(keys)  # until tonight: nobody keeps the keys for good but the other
        break
    services.confirm(work, Confirmed(leaving=1), MONDAY)
    db.session.commit()

    imports.work_off()

    assert wrong(imports.found(work.id, boss)) == [(14, "leaves_on", "admin-leaves")]
    db.session.refresh(other)
    assert other.active


def test_a_row_about_a_closed_account_or_a_closed_entity_says_what_to_do(context: Flask) -> None:
    team, closed, boss = office(), make_site(site="Nantes"), admin()
    applied(boss, people(*[somebody(f"A{n}", f"P{n}", team) for n in range(12)]))
    applied(boss, people(somebody("A1", "P1", team, Sortie="2026-02-27", Entrée="2026-01-05")))
    closed.closed_on = TODAY
    db.session.commit()

    work = tried(
        boss,
        people(
            somebody("A1", "P1", team),
            somebody("A2", "P2", closed),
            somebody("A3", "P3", team, Entrée="2026-02-01", Sortie="2026-01-01"),
            somebody("A4", "P4", team, Entrée="2028-01-01"),
            somebody("A5", "P5", team, Métier="it", **{"Depuis le": "2026-02-01"}),
            somebody("", "P6", team, **{"E-mail": ""}),
        ),
    )

    assert wrong(work) == [
        (2, "", "account-closed"),
        (3, "entity", "closed-entity"),
        (4, "leaves_on", "leaves-before"),
        (5, "joined_on", "far-date"),
        (6, "since", "since-before"),
        (7, "email", "needed"),
    ]


def test_entities_tell_their_mistakes(context: Flask) -> None:
    team, boss = office(), admin()
    keys = [place.key for place in places.above(team.id, TODAY)]
    rows = (
        ["", "Sans clé", "team", keys[0], "", "", "", "", ""],
        ["new", "", "", keys[0], "", "", "", "", ""],
        ["x", "Un", "team", keys[0], "", "", "", "", "2027-01-01"],
        ["x", "Deux", "team", keys[0], "", "", "", "", ""],
        [keys[0], "", "", "-", "", "", "", "", ""],
        [keys[1], "", "", keys[2], "", "", "", "2019-01-01", ""],
        [keys[2], "", "", "new", "", "", "", "", ""],
        ["y", "Y", "château", keys[0], "Atlantide", "trop long", "Ici", "", ""],
    )

    work = tried(boss, imports.file(imports.TREE, *rows), Kind.ENTITIES)

    assert wrong(work) == [
        (2, "key", "needed"),
        (3, "name", "needed"),
        (3, "kind", "needed"),
        (4, "since", "since-future"),
        (5, "key", "twice"),
        (6, "parent", "no-root"),
        (7, "closed_on", "closes-before"),
        (8, "parent", "no-entity"),
        (9, "kind", "no-kind"),
        (9, "country", "no-country"),
        (9, "region", "no-region"),
        (9, "zone", "no-zone"),
    ]
