"""The JSON Schema of an award file, for editors that help while one writes. Pure.

It says the shape; that awards, tracks and pictures exist is for `flask academy check-badges`.
"""

from collections.abc import Iterable
from typing import Any, Final

from academy.deeds.verbs import COUNTED
from academy.people.role_kinds import Role
from academy.rewards.badges import LARGEST_ORDER, LARGEST_POINTS, AwardKind
from academy.rewards.diary import MOST_A_DAY
from academy.rewards.metals import Metal
from academy.rewards.rule_reader import FIGURES, GATHERED, MOST, MOST_DAYS, MOST_IN_A_ROW

Schema = dict[str, Any]

KEY: Final = {"type": "string", "pattern": "^[a-z0-9]+(-[a-z0-9]+)*$", "maxLength": 60}
VERB: Final = {"enum": [verb.value for verb in COUNTED]}
DAY: Final = {"type": "string", "format": "date"}


def schema() -> Schema:
    points = _whole(0, LARGEST_POINTS)
    earned = _mapping({"points": points, "rule": _rule()})
    said = _mapping({"title": _text(), "summary": _text()})
    shown = {
        "kind": {"enum": [kind.value for kind in AwardKind if kind is not AwardKind.MEDAL]},
        "order": _whole(0, LARGEST_ORDER),
        "ink": KEY,
        "fr": said,
        "en": said,
    }
    medals = _mapping({metal.value: earned for metal in Metal}, ())
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An award: badges/<key>.yaml",
        "oneOf": [
            _mapping(
                {**shown, "points": points, "rule": _rule()},
                ("kind", "order", "fr", "en", "points", "rule"),
            ),
            _mapping({**shown, "medals": medals}, ("kind", "order", "fr", "en", "medals")),
        ],
        "$defs": {"rule": {"oneOf": list(_rules())}},
    }


def _rules() -> Iterable[Schema]:
    """One of them for each node of `rule_reader`."""
    several = {"type": "array", "items": _rule(), "minItems": 1}
    count = {"count": VERB, "theme": KEY}
    days = {"since": DAY, "until": DAY}
    within = {"within": _whole(1, MOST_DAYS), "at_least": _whole(2, MOST_A_DAY)}
    roles = {"type": "array", "items": {"enum": [role.value for role in Role]}, "minItems": 1}
    yield _mapping({**count, **days, "at_least": _whole(1, MOST)}, ("count", "at_least"))
    yield _mapping({**count, **within}, ("count", "within", "at_least"))
    yield _mapping({"working_days": VERB, "at_least": _whole(2, MOST_IN_A_ROW)})
    yield _mapping({"distinct_themes": VERB, "at_least": _whole(1, MOST)})
    yield _mapping({"sum": {"enum": list(FIGURES)}, "of": VERB, "at_least": _whole(1, MOST)})
    yield _mapping({"medal": KEY, "at_least": {"enum": [metal.value for metal in Metal]}})
    yield _mapping({"granted_by": roles})
    yield _mapping({"gathered": {"enum": list(GATHERED)}, "at_least": _whole(1, MOST)})
    yield _mapping({"level": KEY})
    yield _mapping({"award": KEY})
    yield _mapping({"track": KEY})
    yield _mapping({"all": several})
    yield _mapping({"any": several})
    yield _mapping({"some": several, "at_least": _whole(1, MOST)})


def _rule() -> Schema:
    return {"$ref": "#/$defs/rule"}


def _whole(low: int, high: int) -> Schema:
    return {"type": "integer", "minimum": low, "maximum": high}


def _text() -> Schema:
    return {"type": "string", "minLength": 1}


def _mapping(entries: Schema, required: Iterable[str] | None = None) -> Schema:
    """All entries are required, unless said."""
    return {
        "type": "object",
        "properties": entries,
        "required": list(entries if required is None else required),
        "additionalProperties": False,
    }
