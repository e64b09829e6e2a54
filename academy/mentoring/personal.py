"""What mentoring keeps about people."""

from datetime import datetime

from flask_babel import lazy_gettext as _

from academy.mentoring.pairs import leaving
from academy.mentoring.pairs.proposing import forgetting
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
    Kept(
        "mentoring_wish",
        "person_id",
        _("What you noted and wished of those you met in a mentoring programme"),
        _("To find you somebody you will get on with."),
        WHILE_HERE,
        _(
            "You. Organisers see which place you gave to somebody you may be paired with; "
            "never your notes, nor whom you would rather not meet."
        ),
        Fate.DELETED,
    ),
    Kept(
        "mentoring_wish",
        "other_id",
        _("What those you met in a mentoring programme noted and wished of you"),
        _("To find you somebody you will get on with."),
        WHILE_HERE,
        _("They alone; organisers as said above. It is theirs, and is not handed over."),
        Fate.DELETED,
        mine=False,
    ),
    Kept(
        "mentoring_ballot",
        "person_id",
        _("When you saved and handed in your wishes, and were reminded of them"),
        _("So that two pages open at once do not undo each other, and you are reminded once."),
        WHILE_HERE,
        _("You; organisers see how many have handed in."),
        Fate.DELETED,
    ),
    Kept(
        "mentoring_order",
        "mentor_id",
        _("Whom you are to mentor, or not, by the word of an organiser"),
        _("To propose pairs that the organiser wants."),
        WHILE_HERE,
        _("Organisers."),
        Fate.DELETED,
        mine=False,
    ),
    Kept(
        "mentoring_order",
        "mentee_id",
        _("Who is to mentor you, or not, by the word of an organiser"),
        _("To propose pairs that the organiser wants."),
        WHILE_HERE,
        _("Organisers."),
        Fate.DELETED,
        mine=False,
    ),
    Kept(
        "mentoring_order",
        "by",
        _("Pairs that you wanted, or did not want, as an organiser"),
        _("So that organisers know whom to ask."),
        FOR_GOOD,
        _("Organisers."),
        Fate.DETACHED,
        _("The wish of the organisers, without your name."),
        mine=False,
    ),
    Kept(
        "mentoring_proposal",
        "made_by",
        _("Pairs that you asked the academy to propose, as an organiser"),
        _("To show later how pairs came about."),
        FOR_GOOD,
        _("Organisers."),
        Fate.DETACHED,
        _("The proposal, without your name. Whoever it is about is nobody’s number in it."),
        mine=False,
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
    """Those in a pair with them are told kindly, and what proposals hold of them is nobody's from now on."""
    leaving.part_from(leaver.id, at)
    forgetting.forget(leaver.id)
