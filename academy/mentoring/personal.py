"""What mentoring keeps about people."""

from flask_babel import lazy_gettext as _

from academy.personal import FOR_GOOD, WHILE_HERE, Fate, Kept

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
)
