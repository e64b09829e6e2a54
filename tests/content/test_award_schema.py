"""The JSON Schema of an award file says what the reader says of its shape."""

from pathlib import Path

import jsonschema
import pytest
import yaml

from academy.rewards import badges
from academy.rewards.badges import BrokenBadges
from academy.rewards.publishing.schema import schema
from academy.settings import ROOT

SHIPPED = sorted((ROOT / "badges").glob("*.yaml"))
HEAD = 'kind: badge\norder: 1\nfr: {title: "A", summary: "B"}\nen: {title: "A", summary: "B"}\n'


class AsWritten(yaml.SafeLoader):
    """Days stay text, as an editor sees them."""


AsWritten.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in found if not tag.endswith("timestamp")]
    for sign, found in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def allows(text: str) -> bool:
    found = yaml.load(text, AsWritten)  # noqa: S506  # a safe loader
    return bool(jsonschema.Draft202012Validator(schema()).is_valid(found))


def read(text: str, folder: Path) -> bool:
    (folder / "odd.yaml").write_text(text)
    try:
        badges.read_trial(folder / "odd.yaml", {})
    except BrokenBadges:
        return False
    return True


def test_it_is_a_schema() -> None:
    said = jsonschema.Draft202012Validator(jsonschema.Draft202012Validator.META_SCHEMA)

    assert list(said.iter_errors(schema())) == []


@pytest.mark.parametrize("file", SHIPPED, ids=lambda file: file.stem)
def test_it_allows_every_award_there_is(file: Path) -> None:
    assert allows(file.read_text())


@pytest.mark.parametrize(
    ("rule", "well_formed"),
    [
        ("{count: lesson_done, at_least: 1}", True),
        (
            "{count: lesson_done, at_least: 1, theme: ai, since: 2026-01-01, until: 2026-02-01}",
            True,
        ),
        ("{count: lesson_done, at_least: 3, within: 31}", True),
        ("{working_days: round_done, at_least: 60}", True),
        ("{granted_by: [hr, admin]}", True),
        ("{gathered: stars, at_least: 200}", True),
        ("{gathered: keys, at_least: 1}", True),
        ("{gathered: points, at_least: 1}", False),
        ("{gathered: stars}", False),
        ("{level: level-one, at_least: 1}", False),
        ("{some: [{count: lesson_done, at_least: 1}], at_least: 1}", True),
        ("{count: lesson_done}", False),
        ("{count: lesson_read, at_least: 1}", False),
        ("{count: award_earned, at_least: 1}", False),
        ("{count: lesson_done, at_least: 0}", False),
        ("{count: lesson_done, at_least: 3, within: 32}", False),
        ("{count: lesson_done, at_least: 16, within: 7}", False),
        ("{count: lesson_done, at_least: 3, within: 7, since: 2026-01-01}", False),
        ("{working_days: round_done, at_least: 61}", False),
        ("{granted_by: []}", False),
        ("{granted_by: [boss]}", False),
        ("{medal: reader, at_least: platinum}", False),
        ("{count: lesson_done, award: passport, at_least: 1}", False),
        ("{all: []}", False),
        ("{}", False),
    ],
)
def test_it_allows_what_the_reader_reads(rule: str, well_formed: bool, tmp_path: Path) -> None:
    text = f"{HEAD}points: 1\nrule: {rule}\n"

    assert (allows(text), read(text, tmp_path)) == (well_formed, well_formed)


@pytest.mark.parametrize(
    ("rule", "line", "problem"),
    [
        (
            "{count: lesson_done, at_least: 1, since: 2026-02-01, until: 2026-01-01}",
            6,
            "`until` is",
        ),
        (
            "{count: lesson_done, at_least: 3, within: 7, until: 2026-01-01}",
            6,
            "`within` goes with",
        ),
        ("{granted_by: []}", 6, "Nobody may give"),
        ("{count: award_earned, at_least: 1}", 6, "No rule counts"),
        ("{gathered: points, at_least: 1}", 6, "`points` is not what one gathers"),
        ("{level: odd}", 1, "The rule waits for `odd`, which is no level"),
    ],
)
def test_a_mistake_has_its_line_and_its_remedy(
    rule: str, line: int, problem: str, tmp_path: Path
) -> None:
    (tmp_path / "odd.yaml").write_text(f"{HEAD}points: 1\nrule: {rule}\n")

    with pytest.raises(BrokenBadges) as broken:
        badges.read_trial(tmp_path / "odd.yaml", {})

    (mistake,) = broken.value.mistakes
    assert (mistake.line, mistake.path) == (line, "odd.yaml")
    assert mistake.problem.startswith(problem)
    assert mistake.remedy
