"""What is kept for a time is forgotten after it: the clock is moved, setting by setting."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask_babel import force_locale
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from academy import personal, settings
from academy.database import Base, db
from academy.hr.campaigns.rules import Move
from academy.notices.models import Notice
from academy.people import audit
from academy.people.audit import Act, AuditEntry
from academy.people.importing.models import Import, State
from academy.people.models import Person
from academy.personal import Period
from academy.post.models import Letter
from academy.privacy import jobs, register
from academy.privacy.jobs import forget_what_is_over
from academy.settings import BrokenSetting, Settings
from academy.web.throttle import Limit, allow
from tests import campaigns
from tests.conftest import MONDAY
from tests.factories import make_person

A_DAY = timedelta(days=1)


def letter(_person: Person) -> None:
    db.session.add(Letter(kind="mail", once="one", payload={}, due_at=MONDAY, done_at=MONDAY))


def notice(person: Person) -> None:
    facts = {"kind": "badge", "once": "one", "data": {}}
    db.session.add(Notice(person_id=person.id, at=MONDAY, read_at=MONDAY, **facts))


def concerned(_person: Person) -> None:
    company = campaigns.company()
    number = campaigns.announced(company.hr)
    campaigns.move(number, Move.END, company.hr)


def listed(state: State) -> Callable[[Person], None]:
    def hand_in(person: Person) -> None:
        facts = {"kind": "people", "file_name": "staff.csv", "once": "one", "state": state}
        whose = {"uploaded_by": person.id, "uploaded_at": MONDAY, "day": MONDAY.date()}
        db.session.add(Import(**facts, **whose))

    return hand_in


def tried(_person: Person) -> None:
    allow(Limit("password", 3, timedelta(hours=1)), "somebody", MONDAY)


def acted(person: Person) -> None:
    audit.record(person.id, Act.ACCOUNT_OPENED, "person:1", MONDAY)


KINDS: Mapping[str, tuple[Callable[[Person], None], str]] = {
    "keep_letters": (letter, "letter"),
    "keep_notices": (notice, "notice"),
    "keep_campaigns": (concerned, "hr_campaign_member"),
    "keep_lists": (listed(State.EXAMINED), "people_import"),
    "keep_reports": (listed(State.DONE), "people_import"),
    "keep_tries": (tried, "tries"),
    "keep_audit": (acted, "audit_entry"),
}


def rows(table: str) -> int:
    return db.session.scalar(select(func.count()).select_from(Base.metadata.tables[table])) or 0


def kept(app: Flask, monkeypatch: pytest.MonkeyPatch, **lengths: timedelta | None) -> None:
    monkeypatch.setitem(app.config, "SETTINGS", replace(app.config["SETTINGS"], **lengths))


def test_every_period_is_tried_here() -> None:
    assert {each.setting for each in register.PERIODS} == set(KINDS)
    told = {name for name in Settings.__dataclass_fields__ if name.startswith("keep_")}
    assert told == set(KINDS)


@pytest.mark.parametrize("setting", KINDS)
def test_it_is_kept_until_the_day_its_setting_says_and_gone_after_it(
    context: Flask, monkeypatch: pytest.MonkeyPatch, setting: str
) -> None:
    make, table = KINDS[setting]
    make(make_person())
    db.session.commit()
    many = rows(table)
    kept(context, monkeypatch, **{setting: timedelta(days=400)})
    others = {name: rows(which) for name, (_make, which) in KINDS.items() if which != table}

    forget_what_is_over(MONDAY + timedelta(days=400) - timedelta(minutes=1))
    assert rows(table) == many > 0
    for _twice in range(2):
        forget_what_is_over(MONDAY + timedelta(days=400, minutes=1))
        assert rows(table) == 0
    assert all(rows(KINDS[name][1]) <= count for name, count in others.items())


def test_as_shipped_the_audit_log_stays_and_the_rest_goes_when_it_always_went(
    context: Flask,
) -> None:
    acted(make_person())
    db.session.commit()

    forget_what_is_over(MONDAY + timedelta(days=30_000))

    assert rows("audit_entry") == 1
    with force_locale("en"):
        said = {each.setting: personal.said(each.setting) for each in register.PERIODS}
    assert said == {
        "keep_letters": "30 days",
        "keep_notices": "1 year",
        "keep_campaigns": "1 year",
        "keep_lists": "7 days",
        "keep_reports": "30 days",
        "keep_tries": "2 days",
        "keep_audit": "",
    }


def test_a_batch_that_is_cut_short_is_finished_the_next_night(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(jobs, "MOST_TIMES", 1)
    monkeypatch.setattr(audit, "FORGOTTEN_AT_ONCE", 3)
    kept(context, monkeypatch, keep_audit=timedelta(days=365))
    person = make_person()
    before = rows("audit_entry")
    for number in range(4 - before):
        audit.record(person.id, Act.ACCOUNT_OPENED, f"person:{number}", MONDAY)
    db.session.commit()
    late = MONDAY + timedelta(days=366)
    audit.record(person.id, Act.ACCOUNT_OPENED, "person:9", late)
    db.session.commit()

    left = []
    for _night in range(3):
        forget_what_is_over(late)
        left.append(rows("audit_entry"))
    assert left == [2, 1, 1]
    assert db.session.scalars(select(AuditEntry.subject)).one() == "person:9"


def test_where_one_kind_fails_the_others_go_and_the_night_says_so(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(_before: datetime) -> int:
        raise OperationalError("delete", {}, Exception("disk full"))

    tried(make_person())
    db.session.commit()
    monkeypatch.setattr(jobs, "PERIODS", (Period("keep_letters", broken), *register.PERIODS))

    with pytest.raises(RuntimeError, match="keep_letters"):
        forget_what_is_over(MONDAY + 3 * A_DAY)

    assert rows("tries") == 0


def test_what_is_told_of_periods_follows_the_settings(
    context: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(table: str) -> set[str]:
        with force_locale("en"):
            return {str(each.how_long) for each in register.declared() if each.table == table}

    assert told("notice") == {"1 year."}
    assert told("audit_entry") == {"As long as the academy."}
    kept(
        context,
        monkeypatch,
        keep_notices=timedelta(days=100),
        keep_audit=timedelta(days=730),
        keep_lists=timedelta(days=3),
        leavers_kept=A_DAY,
    )

    assert told("notice") == {"100 days."}
    assert told("audit_entry") == {"2 years."}
    assert told("departure") == {"Until you are erased, 1 day after you left."}
    assert told("people_import") == {
        "The list until it is applied, 3 days at most; what came of it, 30 days."
    }


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("LETTERS", "6"),
        ("LETTERS", "366"),
        ("NOTICES", "89"),
        ("CAMPAIGNS", "0"),
        ("LISTS", "31"),
        ("REPORTS", "a month"),
        ("TRIES", "1"),
        ("AUDIT", "364"),
        ("AUDIT", "-1"),
    ],
)
def test_a_period_out_of_bounds_is_refused_at_start(tmp_path: Path, name: str, typed: str) -> None:
    environ = {"ACADEMY_HOME": str(tmp_path), "ACADEMY_DEMO": "1"}
    assert settings.read(environ).keep_audit is None
    assert settings.read(environ | {"ACADEMY_KEEP_AUDIT_DAYS": "365"}).keep_audit == 365 * A_DAY

    with pytest.raises(BrokenSetting, match=f"ACADEMY_KEEP_{name}_DAYS must be a whole number"):
        settings.read(environ | {f"ACADEMY_KEEP_{name}_DAYS": typed})
