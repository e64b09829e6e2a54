"""What holds for every source file: one commit per request, one clock, and thinking kept pure."""

import pytest

from tests.architecture.sources import lines_with, modules, python_files, reached, shown

COMMITTERS = {
    "views.py",
    "jobs.py",
    "cli.py",
    "guarding.py",  # a request of another system is counted, whatever becomes of it
    "proof.py",  # a wrong password is counted, whatever the page then does
}
COMMITS = ("academy/database.py", "academy/transaction.py", "academy/hr/rollup/")
"""Where committing is written, not done; and what the worker alone does, in many short transactions."""

PURE = [
    "academy.hr.dashboards.charts",
    "academy.hr.dashboards.forecasting",
    "academy.hr.rollup.cells",
    "academy.hr.rollup.rounding",
    "academy.hr.rollup.standing",
    "academy.catalog.answers",
    "academy.catalog.audience",
    "academy.catalog.bonds",
    "academy.catalog.draft",
    "academy.catalog.drawing",
    "academy.catalog.films",
    "academy.catalog.findings",
    "academy.catalog.lesson_reader",
    "academy.catalog.lines",
    "academy.catalog.marking",
    "academy.catalog.module_reader",
    "academy.catalog.numbering",
    "academy.catalog.pack",
    "academy.catalog.prose",
    "academy.catalog.question_reader",
    "academy.catalog.record",
    "academy.catalog.rendering",
    "academy.catalog.reviewing",
    "academy.catalog.said",
    "academy.catalog.scoring",
    "academy.catalog.season_reader",
    "academy.catalog.sheet",
    "academy.catalog.sheets",
    "academy.catalog.shelf",
    "academy.catalog.shuffling",
    "academy.catalog.tags",
    "academy.catalog.timetable",
    "academy.catalog.track_reader",
    "academy.catalog.tracks",
    "academy.catalog.tree",
    "academy.catalog.typed",
    "academy.catalog.video_reader",
    "academy.community.naming",
    "academy.community.once",
    "academy.community.ranks",
    "academy.community.rights",
    "academy.community.search.words",
    "academy.community.writing",
    "academy.daily.choices",
    "academy.daily.hearing",
    "academy.daily.path.route",
    "academy.daily.states",
    "academy.deeds.verbs",
    "academy.learning.rules",
    "academy.learning.sitting",
    "academy.mastery.ability",
    "academy.mastery.belief",
    "academy.mastery.calibration",
    "academy.mastery.choosing",
    "academy.mastery.descent",
    "academy.mastery.difficulty",
    "academy.mastery.figures.known",
    "academy.mastery.figures.rules",
    "academy.mastery.figures.suspicion",
    "academy.mastery.fitting",
    "academy.mastery.forgetting",
    "academy.mastery.lines",
    "academy.mastery.logistic",
    "academy.mastery.mind",
    "academy.mastery.nights.laying",
    "academy.mastery.nights.living",
    "academy.mastery.nights.making",
    "academy.mastery.nights.recalling",
    "academy.mastery.packing",
    "academy.mastery.remembering",
    "academy.mastery.returning",
    "academy.mastery.replay",
    "academy.mastery.sampling",
    "academy.mastery.search",
    "academy.mastery.settling",
    "academy.mastery.shelf",
    "academy.mastery.taste",
    "academy.mastery.tutor",
    "academy.mastery.valuing",
    "academy.mastery.wording",
    "academy.mentoring.speed.composing.asked",
    "academy.mentoring.speed.rules",
    "academy.mentoring.pairing.assignment",
    "academy.mentoring.pairing.audit",
    "academy.mentoring.pairing.blending",
    "academy.mentoring.pairing.checking",
    "academy.mentoring.pairing.explaining",
    "academy.mentoring.pairing.figures",
    "academy.mentoring.pairing.kiraly",
    "academy.mentoring.pairing.limits",
    "academy.mentoring.pairing.nonsense",
    "academy.mentoring.pairing.pool",
    "academy.mentoring.pairing.program",
    "academy.mentoring.pairing.proposal",
    "academy.mentoring.pairing.rivals",
    "academy.mentoring.pairing.rows",
    "academy.mentoring.pairing.satisfying",
    "academy.mentoring.pairing.seats",
    "academy.mentoring.pairing.solver",
    "academy.mentoring.pairing.table",
    "academy.mentoring.pairing.trimming",
    "academy.mentoring.pairing.trying",
    "academy.mentoring.pairing.wide",
    "academy.mentoring.pairs.proposing.explained",
    "academy.mentoring.pairs.proposing.pooling",
    "academy.mentoring.pairs.proposing.solving",
    "academy.mentoring.wishes.rules",
    "academy.mentoring.pairs.handbook",
    "academy.mentoring.pairs.rules",
    "academy.notices.digest.calendar",
    "academy.notices.digest.figures",
    "academy.notices.kinds",
    "academy.notices.quiet",
    "academy.notices.reminders.rhythm",
    "academy.passport.codes",
    "academy.passport.guilloche",
    "academy.passport.toy.choosing",
    "academy.passport.toy.drawing",
    "academy.passport.toy.figures",
    "academy.passport.toy.flats",
    "academy.passport.toy.net",
    "academy.passport.toy.palette",
    "academy.passport.toy.printing",
    "academy.passport.toy.solids",
    "academy.passport.toy.standing",
    "academy.passport.toy.stickers",
    "academy.passport.toy.crew.armel",
    "academy.passport.toy.crew.limbs",
    "academy.passport.toy.crew.noctua",
    "academy.passport.toy.crew.ohm",
    "academy.passport.toy.crew.pens",
    "academy.passport.toy.crew.people",
    "academy.passport.toy.crew.pixel",
    "academy.reports.kinds",
    "academy.rewards.diary",
    "academy.rewards.evidence",
    "academy.rewards.metals",
    "academy.rewards.publishing.places",
    "academy.rewards.rule_reader",
    "academy.rewards.rules",
    "academy.rewards.shop.codes",
    "academy.rewards.shop.folding",
    "academy.rewards.shop.rules",
    "academy.rewards.tariff",
    "academy.rewards.watching",
    "academy.people.factor.rules",
    "academy.people.factor.sealing",
    "academy.people.gate.halfway",
    "academy.people.role_kinds",
    "academy.people.signon.checking",
    "academy.people.signon.metadata",
    "academy.people.signon.rules",
    "academy.people.signon.troubles",
    "academy.people.signon.waiting",
    "academy.providers",
    "academy.hr.campaigns.rules",
    "academy.tracks.rules",
    "academy.surveys.drawings",
    "academy.surveys.placing",
    "academy.surveys.profiles",
    "academy.surveys.tale",
    "academy.web.qr",
    "academy.web.typesetting",
]
RARE = {
    "authlib",
    "holidays",
    "huey",
    "joserfc",
    "ortools",
    "pydantic",
    "redis",
    "requests",
    "scim2_models",
    "scim2_server",
}
"""What only some academies need, or only some moments."""
WORLDLY = (
    "flask",
    "flask_babel",
    "flask_login",
    "flask_sqlalchemy",
    "flask_wtf",
    "sqlalchemy",
    "werkzeug",
    "wtforms",
    "academy.clock",
    "academy.database",
    "academy.settings",
)


def test_only_the_end_of_a_request_commits() -> None:
    found = [
        line
        for file in python_files()
        if file.name not in COMMITTERS and not shown(file).startswith(("academy/seed", *COMMITS))
        for line in lines_with(r"\bcommit\(", file)
    ]

    assert found == []


def test_only_the_clock_asks_the_time() -> None:
    asks = r"datetime\.(now|utcnow|today)\(|date\.today\(|\btime\.(time|time_ns|localtime|gmtime)\("
    found = [
        line
        for file in python_files()
        if shown(file) != "academy/clock.py"
        for line in lines_with(asks, file)
    ]

    assert found == []


@pytest.mark.parametrize("name", PURE)
def test_a_pure_room_knows_no_request_no_database_and_no_clock(name: str) -> None:
    assert name in modules(), f"{name} has moved: say where"

    worldly = [
        f"{each} (by {by})"
        for each, by in reached(name).items()
        if each.startswith(tuple(f"{world}." for world in WORLDLY)) or each in WORLDLY
    ]

    assert worldly == []


def test_a_start_loads_nothing_that_is_seldom_needed() -> None:
    found = {
        f"{each} (by {by})" for each, by in reached("academy").items() if _package(each) in RARE
    }

    assert found == set()


def _package(module: str) -> str:
    return module.partition(".")[0]


def test_no_room_is_called_after_nothing() -> None:
    nothing = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "handler"}

    found = [shown(file) for file in python_files() if nothing & set(file.with_suffix("").parts)]

    assert found == []


def test_services_and_queries_know_no_request() -> None:
    found = [
        f"{shown(file)}: {word}"
        for file in python_files()
        if file.name in ("services.py", "queries.py")
        for word in (
            r"\bflask import .*\brequest\b",
            r"\bflask import .*\bsession\b",
            "flask_login",
        )
        if lines_with(word, file)
    ]

    assert found == []
