"""What mentoring keeps about people."""

from flask_babel import lazy_gettext as _

from academy.personal import FOR_GOOD, ONLY_YOU, WHILE_HERE, Fate, Kept

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
        "speed_seat",
        "person_id",
        _("Your chairs in speed meetings, and what you answered"),
        _(
            "To invite you, to expect you, and to give your chair to somebody else if you cannot come."
        ),
        WHILE_HERE,
        _("You and the organisers."),
        Fate.DELETED,
    ),
    Kept(
        "speed_talk",
        "mentor_id",
        _("Whom you talked with in speed meetings, as a mentor"),
        _("So that nobody meets the same person twice, and you can say whom you would like."),
        WHILE_HERE,
        _("You, those you talked with, and the organisers."),
        Fate.DELETED,
    ),
    Kept(
        "speed_talk",
        "mentee_id",
        _("Whom you talked with in speed meetings, as a mentee"),
        _("So that nobody meets the same person twice, and you can say whom you would like."),
        WHILE_HERE,
        _("You, those you talked with, and the organisers."),
        Fate.DELETED,
    ),
    Kept(
        "speed_press",
        "by",
        _("The buttons you pressed on the clock of a speed meeting"),
        _("So that every screen shows the same time."),
        FOR_GOOD,
        _("Organisers."),
        Fate.DETACHED,
        _("What the clock did, without whose hand it was."),
    ),
    Kept(
        "mentoring_work",
        "asked_by",
        _("The meetings or pairs you asked the academy to work out"),
        _("So that two organisers do not ask for the same at once."),
        FOR_GOOD,
        _("Organisers."),
        Fate.DETACHED,
        _("What was asked and what came of it, which names nobody."),
        withheld=frozenset({"once", "said"}),
    ),
    Kept(
        "mentoring_avoidance",
        "person_id",
        _("People you would rather not meet in a programme"),
        _("To put you in other meetings than theirs."),
        WHILE_HERE,
        ONLY_YOU,
        Fate.DELETED,
    ),
    Kept(
        "mentoring_avoidance",
        "other_id",
        _("That somebody would rather not meet you"),
        _("To put you in other meetings than theirs."),
        WHILE_HERE,
        _("Only the person who said so."),
        Fate.DELETED,
        mine=False,
    ),
)
