"""Somebody who has done everything there is to do here, with a name nobody else has."""

from datetime import time

from flask import current_app
from sqlalchemy import update

from academy.api import clients as api_clients
from academy.api import jobs as api_jobs
from academy.catalog import releases
from academy.catalog.models import Action, Origin, Release, ReleaseInForce
from academy.daily.hearing import Word
from academy.daily.path import services as path
from academy.database import db
from academy.hr.campaigns.models import CampaignMember
from academy.hr.campaigns.rules import Move
from academy.hr.rollup import services as rollup
from academy.hr.waves.models import WaveMember
from academy.learning.bookmarks import services as bookmarks
from academy.mentoring.pairs.models import Bond
from academy.mentoring.pairs.proposing import services as proposing
from academy.mentoring.programmes import services as mentoring
from academy.mentoring.programmes.rules import Side
from academy.mentoring.speed.avoiding import services as avoiding
from academy.mentoring.speed.models import Press
from academy.mentoring.wishes.models import Liking
from academy.notices import wishing as notice_wishes
from academy.notices.queries import Preferences
from academy.notices.quiet import Quiet
from academy.passport.credentials import services as credentials
from academy.passport.links import rules as showing
from academy.passport.links import services as links
from academy.passport.links.services import Wanted
from academy.passport.toy import queries as toys
from academy.passport.toy import services as toy
from academy.people import audit
from academy.people import services as people
from academy.people.calendar import Span
from academy.people.importing import services as importing
from academy.people.importing.models import ImportRow, Kind
from academy.people.importing.services import Handed
from academy.people.leaving import services as leaving
from academy.people.models import Person, Role
from academy.people.provisioning import clients
from academy.people.provisioning.facts import Writer
from academy.people.roles import queries as roles
from academy.people.roles import services as lending
from academy.people.scim import groups as directory_groups
from academy.people.scim import users as directory_users
from academy.people.scim.shape import PROVIDER, Group, Member
from academy.people.services import Newcomer
from academy.people.signon.models import SignOn
from academy.people.workdays import services as workdays
from academy.post import mail
from academy.post.composing import compose
from academy.post.mail import Reader
from academy.post.models import PostedMail
from academy.reports.kinds import Outcome
from academy.rewards.rankings import services as rankings
from academy.rewards.regularity import services as regularity
from academy.rewards.regularity.rhythm import Row
from academy.rewards.shop.rules import Move as OrderMove
from academy.tracks import services as tracks
from tests import (
    campaigns,
    circles,
    gifts,
    meetings,
    pairs,
    phones,
    problems,
    programmes,
    waves,
    wishing,
)
from tests.conftest import MONDAY
from tests.factories import (
    TODAY,
    do_round,
    earn_passport,
    make_person,
    make_site,
    read_lesson,
    sail,
)

NUMBER = 987654321
"""A number found nowhere else, so that it can be searched for."""
GIVEN, FAMILY = "Zénobie", "Quillfeather"
EMAIL = "zenobie.quillfeather@aurore.example"


def named(password: str | None = None) -> Person:
    """Zénobie, new here."""
    person = people.open_account(
        Newcomer(EMAIL, GIVEN, FAMILY, TODAY, language="en", password=password), MONDAY
    )
    db.session.execute(update(Person).where(Person.id == person.id).values(id=NUMBER))
    db.session.commit()
    db.session.expunge_all()
    return db.session.get_one(Person, NUMBER)


def rich_life(person: Person, friend: Person) -> dict[str, int]:
    """Everything the academy can keep of somebody; gives the group and what was said in it."""
    admin = make_person(Role.ADMIN)
    team = make_site()
    people.post(person, team, "sales", TODAY, admin)
    people.post(friend, team, "sales", TODAY, person)
    do_round(person)
    do_round(person, MONDAY.replace(day=3), right=False)
    read_lesson(person, "cloud-has-an-address")
    earn_passport(person)
    sail(person)
    path.say(person.id, "web-internet", Word.NOT_MINE, MONDAY)
    do_round(friend)
    tracks.follow(person.id, releases.current().tracks["safe-at-work"], MONDAY)
    phones.give(person)
    _administered(person, friend, admin)
    _listed(person)
    said = _talked(person, friend)
    _volunteered(person, friend)
    _paired(person, friend)
    _bought(person, friend)
    _ranked(person, friend)
    _told(person)
    _wrote(person, friend)
    _found_fault(person, friend)
    _took_along(person)
    _asked(person)
    _let_in(person)
    _let_read(person)
    db.session.commit()
    with current_app.app_context():  # a session of its own, as in the worker
        rollup.advance(MONDAY)
        api_jobs.look_for_changes(MONDAY)
    return said


def _let_in(person: Person) -> None:
    """She plans a wave, decides on it, and came in by it."""
    number = waves.opened(person)
    db.session.add(
        WaveMember(
            wave_id=number,
            person_id=person.id,
            entered_on=TODAY,
            joined_on=TODAY,
            invited_at=MONDAY,
        )
    )
    db.session.commit()


def _asked(person: Person) -> None:
    """She announces a campaign, which concerns her too."""
    number = campaigns.draft(person)
    campaigns.move(number, Move.ANNOUNCE, person)
    db.session.add(
        CampaignMember(campaign_id=number, person_id=person.id, due_on=TODAY, told_on=TODAY)
    )


def _let_read(person: Person) -> None:
    """She makes a token of the read API."""
    ends = TODAY.replace(year=TODAY.year + 1)
    wanted = api_clients.Wanted("Payroll", ("people:read",), None, ends, "e" * 32)
    api_clients.make(wanted, person.id, TODAY, MONDAY)


def _took_along(person: Person) -> None:
    """She takes her passport and a visa as files, and shows it to somebody."""
    for award in ("passport", "visa-security"):
        credentials.give(person.id, award, MONDAY)
    links.open_link(
        person.id, Wanted(showing.ALL, showing.Span.WEEK, f"For {FAMILY}", "a" * 32), MONDAY
    )
    links.close(person.id, MONDAY)
    toy.print_figure(person.id, toys.FIRST, MONDAY)


def _found_fault(person: Person, friend: Person) -> None:
    """She keeps a lesson, reports two problems, and answers her friend's as an author."""
    lesson = releases.current().lessons["speed-of-change"]
    bookmarks.keep(person.id, lesson, MONDAY)
    problems.tell(person, words=f"{GIVEN} does not understand.")
    problems.tell(person, problems.LESSON, words=f"Ask {FAMILY}.")
    problems.decide(friend, outcome=Outcome.DISMISSED)
    problems.tell(friend, words="Nor do I.")
    problems.decide(person)


def _administered(person: Person, friend: Person, admin: Person) -> None:
    people.grant(person, [Role.AUTHOR], TODAY)
    db.session.flush()
    held = roles.grant_numbered(roles.held_by(person.id, TODAY)[0].id)
    assert held is not None
    lending.lend(held, friend, Span(TODAY, TODAY.replace(day=20)), TODAY, MONDAY)
    db.session.add(
        SignOn(
            person_id=person.id,
            issuer="https://id.aurore.example",
            subject=f"aurore|{GIVEN}",
            linked_at=MONDAY,
        )
    )
    workdays.set_pattern(person.id, {0, 1}, TODAY, admin.id, MONDAY)
    workdays.declare_leave(person.id, Span(TODAY.replace(day=9), TODAY.replace(day=10)), TODAY)
    audit.record(person.id, audit.Act.SITE_CLOSED, "entity:lyon", MONDAY)
    _known_to_a_directory(person)
    _published(person)


def _known_to_a_directory(person: Person) -> None:
    """She connects a directory, which speaks of her and puts her in a group."""
    wanted = clients.Wanted("Entra", True, True, TODAY.replace(year=TODAY.year + 1), "d" * 32)
    clients.connect(wanted, person.id, TODAY, MONDAY)
    by = Writer("Entra", MONDAY)
    with PROVIDER:
        known = directory_users.get(str(person.directory_key))
        known.title, known.external_id = f"{FAMILY}’s title", EMAIL
        directory_users.update(known, None, by)
        directory_groups.create(
            Group(display_name="All", members=[Member.model_validate({"value": known.id})]), by
        )


def _volunteered(person: Person, friend: Person) -> None:
    """She volunteers in a programme she changed last."""
    number = programmes.call(friend)
    programmes.volunteer(person, number, side=Side.MENTOR, hopes=f"{GIVEN} hopes to laugh.")
    mentoring.change(number, 2, programmes.plan(), person.id, MONDAY)
    _met(person, number)
    _wished(person, friend, number)


def _met(person: Person, programme: int) -> None:
    """She asks for meetings, sits in one, presses its clock, talks on both sides, avoids somebody."""
    meetings.ask(programme, person)
    other = meetings.gather(programme, 0, 1)[0]
    avoiding.avoid(person.id, programme, other.id, MONDAY)
    avoiding.avoid(other.id, programme, person.id, MONDAY)
    meeting = meetings.held(programme, person, other)
    db.session.add(Press(meeting_id=meeting, number=1, pressed="started", at=MONDAY, by=person.id))


def _wished(person: Person, friend: Person, number: int) -> None:
    """She met two others: she wants to be kept apart from one, and is paired with the other."""
    other = make_person()
    programmes.volunteer(friend, number, side=Side.MENTEE, offered=[], wanted=["own:1"])
    programmes.volunteer(other, number, side=Side.MENTEE, offered=[], wanted=["own:1"])
    wishing.meet(number, [(person, friend), (person, other)])
    wishing.note(person, number, friend, Liking.GLADLY, f"{GIVEN} laughed.", Side.MENTOR)
    wishing.wish(person, number, {friend: None, other: 1})
    wishing.wish(friend, number, {person: "no"})
    proposing.bind(number, person.id, friend.id, Bond.FORBID, person.id, MONDAY)
    wishing.propose(number, person)


def _paired(person: Person, friend: Person) -> None:
    """She mentors her friend, who mentors her in another programme; both write, feel and propose."""
    for mentor, mentee in ((person, friend), (friend, person)):
        number = pairs.begin(programmes.call(friend), mentor, mentee)
        pairs.propose(person, number, MONDAY.replace(day=20))
        pairs.meet(person, number, words=f"{GIVEN} showed a spreadsheet.")
        pairs.feel(person, number, 3)


def _bought(person: Person, friend: Person) -> None:
    """She keeps a gift, orders three, and hands one to her friend."""
    gifts.fill(person, keys=9, stars=3)
    gifts.fill(friend, keys=3, stars=1)
    shelf = gifts.gift(person, stock=9)
    for steps in ((), (OrderMove.CANCEL,), (OrderMove.REFUSE,)):
        gifts.move(gifts.order(person, shelf), *steps, by=friend) if steps else gifts.order(
            person, shelf
        )
    gifts.move(gifts.order(friend, shelf), OrderMove.HAND, by=person)


def _ranked(person: Person, friend: Person) -> None:
    """Both take part in the rankings, and each has a longest row."""
    for each in (person, friend):
        rankings.join(each.id, MONDAY)
        regularity.note_longest(each.id, Row(3, TODAY))


def _told(person: Person) -> None:
    """She wants to be told in her own way; what others did has told her already."""
    wished = Preferences(mail={"comment": True}, quiet=Quiet(time(21), time(8)), digest=True)
    notice_wishes.prefer(person.id, wished, MONDAY)


def _published(person: Person) -> None:
    db.session.add(Release(key="abcdefabcdef", files=b"", size=0, counts={}, published_at=MONDAY))
    db.session.flush()  # the log refers to it
    db.session.add(
        ReleaseInForce(
            release_key="abcdefabcdef",
            at=MONDAY,
            person_id=person.id,
            action=Action.PUBLISH,
            origin=Origin.PUBLISHED,
        )
    )


def _talked(person: Person, friend: Person) -> dict[str, int]:
    """She founds a group, both write, like, report; each helps the other."""
    group = circles.make_group(person, friend)
    theirs = circles.say(friend, group, "Who knows about paper?", question=True)
    comment = circles.reply(person, theirs, f"I do, says {GIVEN}.")
    circles.mark(friend, comment)
    circles.like(friend, comment)
    mine = circles.say(person, group, f"{GIVEN} was here.")
    answer = circles.reply(friend, mine, "So was I.")
    circles.like(person, theirs)
    circles.report(person, theirs, "Too loud.")
    circles.report(friend, mine, f"{FAMILY} again.")
    return {"group": group, "theirs": theirs, "mine": mine, "comment": comment, "answer": answer}


def _wrote(person: Person, friend: Person) -> None:
    """Mail to her, and mail to her friend that names her."""
    words = compose("welcome", "en", given_name=GIVEN)
    mail.put(Reader(EMAIL, person.given_name, person.id), words, f"welcome:{person.id}", MONDAY)
    for number, about in enumerate((person.id, friend.id)):
        db.session.add(
            PostedMail(
                once=f"mail:{about}:{number}",
                about=about,
                address="somebody@aurore.example",
                language="en",
                subject="A role is lent",
                text=f"{GIVEN} {FAMILY} lends you a role.",
                html="",
                posted_at=MONDAY,
            )
        )


def _listed(person: Person) -> None:
    """She is to leave, handed a list in, and is in it; figures know when she came."""
    leaving.plan(person.id, TODAY.replace(day=30))
    handed = Handed(
        Kind.PEOPLE, "list.csv", f"E-mail\n{EMAIL}".encode(), "hers", person.id, "fr", TODAY
    )
    number = importing.hand_in(handed, MONDAY)
    changes = {"changes": {"given_name": ["", GIVEN]}}
    db.session.add(
        ImportRow(
            import_id=number,
            line=2,
            address=EMAIL,
            person_id=person.id,
            verdict="changed",
            said=changes,
        )
    )
