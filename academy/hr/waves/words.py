"""Waves in words."""

from datetime import date

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from academy.hr.waves.models import WaveDecision
from academy.hr.waves.rules import Move, State, Verdict
from academy.web.words import day

STATES = {
    State.PLANNED: lazy_gettext("Not open yet"),
    State.OPEN: lazy_gettext("Open"),
    State.PAUSED: lazy_gettext("Paused"),
}
MOVES = {
    Move.OPEN: lazy_gettext("Open this wave"),
    Move.PAUSE: lazy_gettext("Pause it"),
    Move.RESUME: lazy_gettext("Open it again"),
}
MOVED = {
    Move.OPEN: lazy_gettext("The wave is open: its people are let in and invited within minutes."),
    Move.PAUSE: lazy_gettext(
        "The wave is paused: who is in stays in, nobody else comes in by it, nobody is invited."
    ),
    Move.RESUME: lazy_gettext("The wave is open again."),
}
VERDICTS = {Verdict.GO: lazy_gettext("Go"), Verdict.WAIT: lazy_gettext("Wait")}


def decision(found: WaveDecision) -> str:
    """Go, or wait, and until when."""
    if found.verdict == Verdict.WAIT and found.wait_until:
        return _("Wait until %(day)s", day=day(found.wait_until))
    return str(VERDICTS[found.said])


def planned(opens_on: date | None) -> str:
    return day(opens_on) if opens_on else _("not yet known")
