"""What mentoring keeps about people."""

from datetime import datetime

from flask_babel import lazy_gettext as _

from academy.mentoring.pairs import leaving
from academy.personal import FOR_GOOD, ONLY_YOU, WHILE_HERE, Fate, Kept, Leaver

THE_TWO = _("The two of you; organisers see days and numbers.")
PAIR = _("To look after the pair, month after month.")
AS_LONG_AS_BOTH = _("As long as both accounts: what two people share goes with either of them.")
UNTOLD = frozenset({"other_wanted_at", "silence_reminded_at", "silence_told_at"})
"""Which of the two asked for another pair is kept nowhere; that one did would tell the other."""

KEPT = (
    Kept(
        "mentoring_volunteer",
        "person_id",
        _("What you said as a volunteer of a mentoring programme"),
        _("To find the person you will get on with. Withdraw, and only “not taking part” stays."),
        WHILE_HERE,
        _("You and the organisers; what you hope for, only those you will meet."),
        Fate.DELETED,
    ),
    Kept(
        "mentoring_programme",
        "changed_by",
        _("The mentoring programmes you changed last"),
        _("So that two organisers do not undo each other’s work."),
        FOR_GOOD,
        _("Organisers."),
        Fate.DETACHED,
        _("The programme, which belongs to the company."),
        withheld=frozenset({"once"}),
    ),
    Kept(
        "mentoring_pair",
        "mentor_id",
        _("The pairs in which you are the mentor"),
        PAIR,
        AS_LONG_AS_BOTH,
        THE_TWO,
        Fate.DELETED,
        withheld=UNTOLD,
    ),
    Kept(
        "mentoring_pair",
        "mentee_id",
        _("The pairs in which you are the mentee"),
        PAIR,
        AS_LONG_AS_BOTH,
        THE_TWO,
        Fate.DELETED,
        withheld=UNTOLD,
    ),
    Kept(
        "mentoring_appointment",
        "by",
        _("The times you proposed for a mentoring meeting"),
        _("So that the other can take one."),
        AS_LONG_AS_BOTH,
        _("The two of you."),
        Fate.DELETED,
        withheld=frozenset({"once"}),
    ),
    Kept(
        "mentoring_entry",
        "by",
        _("The mentoring meetings you wrote down, and your words"),
        _("To keep the thread, and to know that the pair meets."),
        AS_LONG_AS_BOTH,
        THE_TWO,
        Fate.DELETED,
        withheld=frozenset({"once"}),
    ),
    Kept(
        "mentoring_pulse",
        "person_id",
        _("How you said your pair was going, month after month"),
        _("To know how the programme does, from five people on."),
        AS_LONG_AS_BOTH,
        ONLY_YOU,
        Fate.DELETED,
    ),
)


def prepare(leaver: Leaver, at: datetime) -> None:
    """Those who were in a pair with them are told kindly, before it goes."""
    leaving.part_from(leaver.id, at)
