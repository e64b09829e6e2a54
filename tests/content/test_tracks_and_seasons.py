"""Reading tracks and seasons: each mistake is told with its file, its line and what to do."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from academy.catalog import shelf
from academy.catalog.audience import All, AnyOf, Country, Holds, Joined, Manages, Not, Works
from academy.catalog.pack import read_pack
from academy.catalog.timetable import Rhythm
from academy.catalog.tracks import Step, StepKind
from academy.catalog.tree import Catalog
from academy.rewards import badges
from academy.rewards.rules import Walked
from academy.settings import ROOT
from tests.content.test_pack_reader import (
    GARBAGE,
    LESSON,
    MODULE,
    MODULE_YAML,
    mistakes_if_any,
    mistakes_in,
    pack,
)

TRACK = """\
order: 1
fr: {title: "Chefs", summary: "Pour qui encadre."}
en: {title: "Heads", summary: "For who manages."}
audience:
  all:
    - {manages_people: true}
    - any: [{job: sales}, {country: FR}, {joined_within: 45}]
    - not: {job: it}
open: true
visa: visa-track-heads
steps:
  - {lesson: datum}
  - {quiz: data}
"""
SEASONS = """\
- key: first
  fr: {title: "Un", summary: "Le début."}
  en: {title: "One", summary: "The beginning."}
  week: 1
  lessons: [datum]
- key: second
  fr: {title: "Deux", summary: "La suite."}
  en: {title: "Two", summary: "What follows."}
  week: 3
  rhythm: fortnightly
  at_a_time: 2
  lessons: [more]
"""
TWO_LESSONS = MODULE.replace(
    "notions:\n",
    """\
  - key: more
    check: [sense-1, sense-1]
    best_before: 2027-12-31
    sources: []
notions:
""",
).replace("key: sense\n    lesson: datum", "key: sense\n    lesson: more")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A pack of two lessons, a track and two seasons, with one mistake of its own mended below."""
    module = TWO_LESSONS.replace("[sense-1, sense-1]", "[sense-1, sense-2]")
    pack(tmp_path)
    questions = tmp_path / "culture/data/questions.yaml"
    text = questions.read_text("utf-8")
    start = text.index("- key: sense-1")
    questions.write_text(text + text[start:].replace("sense-1", "sense-2"), "utf-8")
    (tmp_path / MODULE_YAML).write_text(module, "utf-8")
    plain = LESSON.replace('picture_alt: "Trois thermomètres."\n', "")
    for language in ("fr", "en"):
        (tmp_path / f"culture/data/more.{language}.md").write_text(plain, "utf-8")
    (tmp_path / "tracks").mkdir()
    (tmp_path / "tracks/heads.yaml").write_text(TRACK, "utf-8")
    (tmp_path / "seasons.yaml").write_text(SEASONS, "utf-8")
    return tmp_path


def mended(folder: Path, path: str, old: str, new: str) -> Path:
    text = (folder / path).read_text("utf-8")
    assert old in text, old
    (folder / path).write_text(text.replace(old, new, 1), "utf-8")
    return folder


def test_a_track_is_read_whole(folder: Path) -> None:
    track = read_pack(folder).tracks["heads"]

    assert track.title.en == "Heads"
    assert track.steps == (Step(StepKind.LESSON, "datum"), Step(StepKind.QUIZ, "data"))
    assert track.visa == "visa-track-heads"
    assert track.open
    assert track.audience == All(
        (
            Manages(),
            AnyOf((Works("sales"), Country("FR"), Joined(45))),
            Not(Works("it")),
        )
    )


def test_a_module_may_be_meant_for_the_people_of_a_track(folder: Path) -> None:
    assert read_pack(folder).modules["data"].track is None

    mended(folder, MODULE_YAML, "lessons:", "track: heads\nlessons:")

    assert read_pack(folder).modules["data"].track == "heads"


def test_seasons_are_read_in_their_order(folder: Path) -> None:
    first, second = read_pack(folder).seasons.values()

    assert (first.key, first.week, first.rhythm, first.at_a_time) == ("first", 1, "weekly", 1)
    assert (second.rhythm, second.at_a_time, second.lessons) == (Rhythm.FORTNIGHTLY, 2, ("more",))
    assert first.starts is None


def test_a_season_may_start_on_a_day(folder: Path) -> None:
    mended(folder, "seasons.yaml", "week: 1", "starts: 2026-12-07")

    assert read_pack(folder).seasons["first"].starts == date(2026, 12, 7)


def test_the_minutes_of_a_step_are_computed(folder: Path) -> None:
    catalog = read_pack(folder)

    assert [shelf.minutes_of(catalog, step) for step in catalog.tracks["heads"].steps] == [1, 1]


IN_TRACK: list[tuple[str, str, int, str, str]] = [
    ("{lesson: datum}", "{lesson: datun}", 12, "`lesson` names `datun`", "Did you mean `datum`"),
    ("{quiz: data}", "{quiz: datas}", 13, "`quiz` names `datas`", "Did you mean `data`"),
    ("{quiz: data}", "{lesson: datum}", 11, "The lesson `datum` stands there twice", "Change one"),
    (
        "{quiz: data}",
        "{quiz: data, lesson: more}",
        13,
        "A step is one thing",
        "Write `lesson: KEY`",
    ),
    ("{quiz: data}", "{film: data}", 13, "`film` is not known", "Use only"),
    ("{job: sales}", "{jobs: sales}", 7, "`jobs` is not known", "Did you mean `job`"),
    ("{job: sales}", "{}", 7, "A condition says one thing", "Write one of `all`"),
    ("{job: sales}", "{job: sales, role: hr}", 7, "says one thing at a time", "Write one of"),
    ("{job: sales}", "{role: boss}", 7, "`role` cannot be `boss`", "Use one of mentor"),
    ("{country: FR}", "{country: fra}", 7, "`fra` is not a country", "Write two capitals"),
    ("{country: FR}", "{language: de}", 7, "`de` is not a language", "Write fr or en"),
    ("{joined_within: 45}", "{joined_within: 0}", 7, "`joined_within` is 0", "from 1 to 3660"),
    ("manages_people: true", "manages_people: false", 6, "cannot be false", "Write `not:"),
    ("manages_people: true", "everyone: maybe", 6, "must be true or false", "Write true or false"),
    ("not: {job: it}", "not: {everyone: true}", 4, "This audience is nobody", "Say for whom"),
    ("visa-track-heads", "visa-heads", 10, "The visa cannot be `visa-heads`", "`visa-track-heads`"),
    ("order: 1", "order: 0", 1, "`order` is 0", "from 1 to 9999"),
    ('title: "Heads", ', "", 3, "`title` is missing", "Add `title:`"),
    ("open: true", "open: yes", 9, "must be true or false", "Write true or false"),
]


@pytest.mark.parametrize("empty", ["all: []", "any: []"])
def test_an_empty_audience_is_told(folder: Path, empty: str) -> None:
    text = TRACK[: TRACK.index("audience:")] + f"audience:\n  {empty}\n"
    (folder / "tracks/heads.yaml").write_text(text + "steps: [{lesson: datum}]\n", "utf-8")

    assert "has 0 entries" in str(mistakes_in(folder)[0])


def test_a_track_for_nobody_is_told(folder: Path) -> None:
    text = TRACK[: TRACK.index("audience:")] + "steps: [{lesson: datum}]\n"
    (folder / "tracks/heads.yaml").write_text(text, "utf-8")

    assert [one.problem for one in mistakes_in(folder)] == ["Nobody can meet this track"]


@pytest.mark.parametrize("name", ["notes.txt", "Heads.yaml", "deep/heads.yaml", "heads.yml"])
def test_a_file_that_is_no_track_is_told(folder: Path, name: str) -> None:
    (folder / "tracks" / name).parent.mkdir(exist_ok=True)
    (folder / "tracks" / name).write_text(TRACK, "utf-8")

    assert [one.problem for one in mistakes_in(folder)] == ["This file is not a track"]


IN_SEASONS: list[tuple[str, str, int, str, str]] = [
    ("[datum]", "[datun]", 5, "`lessons` names `datun`", "Did you mean `datum`"),
    ("[datum]", "[datum, more]", 12, "`more` appears already in `first`", "Keep it once"),
    ("[datum]", "[datum, datum]", 5, "`datum` appears already in `first`", "Keep it once"),
    ("[datum]", "[]", 5, "`lessons` has 0 entries", "at least 1"),
    ("  week: 1\n", "", 1, "A season starts once", "Write `starts:` and a day, or `week:`"),
    ("week: 1", "week: 1\n  starts: 2026-12-07", 1, "A season starts once", "Write `starts:`"),
    ("week: 1", "week: 4", 9, "starts before the one above", "in the order"),
    ("week: 1", "starts: 2026-02-30", 4, "`starts` must be a day", "Write a day that exists"),
    ("week: 3", "week: 999", 9, "`week` is 999", "from 0 to 520"),
    ("fortnightly", "daily", 10, "`rhythm` cannot be `daily`", "Use one of once, weekly"),
    ("at_a_time: 2", "at_a_time: 0", 11, "`at_a_time` is 0", "from 1 to 100"),
    ("key: second", "key: first", 6, "The season `first` exists already", "Choose another key"),
    ("lessons: [datum]", "lesson: [datum]", 5, "`lesson` is not known", "Did you mean `lessons`"),
]


@pytest.mark.parametrize(
    ("path", "old", "new", "line", "problem", "remedy"),
    [
        *(("tracks/heads.yaml", *row) for row in IN_TRACK),
        *(("seasons.yaml", *row) for row in IN_SEASONS),
    ],
)
def test_a_mistake_is_told(
    folder: Path, path: str, old: str, new: str, line: int, problem: str, remedy: str
) -> None:
    mistakes = mistakes_in(mended(folder, path, old, new))

    told = [one for one in mistakes if problem in one.problem and remedy in one.remedy]
    assert [(one.path, one.line) for one in told] == [(path, line)], mistakes


def test_days_of_the_calendar_come_in_order_too(folder: Path) -> None:
    mended(folder, "seasons.yaml", "week: 1", "starts: 2026-12-07")
    mended(folder, "seasons.yaml", "week: 3", "starts: 2026-11-30")

    assert "starts before the one above" in str(mistakes_in(folder)[0])


def test_a_lesson_does_not_appear_before_what_it_takes_for_granted(folder: Path) -> None:
    mended(folder, "seasons.yaml", "[datum]", "[other]")
    mended(folder, "seasons.yaml", "[more]", "[datum]")
    mended(folder, "seasons.yaml", "[other]", "[more]")

    (mistake,) = mistakes_in(folder)

    assert "`datum` appears after `more`, whose notion `sense` requires `fact`" in mistake.problem


@settings(
    max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(data=st.data())
def test_garbage_gives_mistakes_and_nothing_else(folder: Path, data: st.DataObject) -> None:
    path, text = data.draw(
        st.sampled_from([("tracks/heads.yaml", TRACK), ("seasons.yaml", SEASONS)])
    )
    start = data.draw(st.integers(0, len(text)))
    end = start + data.draw(st.integers(0, 12))
    spoilt = text[:start] + data.draw(GARBAGE) + text[end:]
    (folder / "tracks/heads.yaml").write_text(TRACK, "utf-8")
    (folder / "seasons.yaml").write_text(SEASONS, "utf-8")
    (folder / path).write_bytes(spoilt.encode("utf-8", "surrogatepass"))

    for mistake in mistakes_if_any(folder):
        assert mistake.line > 0
        assert mistake.remedy


@pytest.fixture(scope="module")
def shipped() -> Catalog:
    return read_pack(ROOT / "content")


def test_the_shipped_tracks_lead_to_visas_that_wait_for_them(shipped: Catalog) -> None:
    awards = badges.read_awards(ROOT / "badges")

    assert {"managers", "first-month", "safe-at-work"} <= shipped.tracks.keys()
    for track in shipped.tracks.values():
        assert track.visa is not None
        assert awards[track.visa].rule == Walked(track.key)
        assert awards[track.visa].title == track.title
    waited_for = {award.rule.track for award in awards.values() if isinstance(award.rule, Walked)}
    assert waited_for == shipped.tracks.keys()


def test_what_is_meant_for_mentors_is_walked_on_their_track(shipped: Catalog) -> None:
    steps = {step.key for step in shipped.tracks["mentors"].steps}

    assert shipped.tracks["mentors"].audience == Holds("mentor")
    assert shipped.modules["mentoring"].track == "mentors"
    assert steps == {*shipped.modules["mentoring"].lessons, "mentoring"}


def test_a_shipped_quiz_comes_after_every_lesson_of_its_module(shipped: Catalog) -> None:
    """Whoever follows the order is never asked what the track has not told."""
    for track in shipped.tracks.values():
        for place, step in enumerate(track.steps):
            if step.kind is StepKind.QUIZ:
                before = {each.key for each in track.steps[:place]}
                assert before >= set(shipped.modules[step.key].lessons), (track.key, step.key)


def test_every_shipped_lesson_has_its_season(shipped: Catalog) -> None:
    named = [lesson for season in shipped.seasons.values() for lesson in season.lessons]

    assert sorted(named) == sorted(shipped.lessons)
