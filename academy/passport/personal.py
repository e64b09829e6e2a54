"""What is kept of issued passports. Without its holder, a code only says that it was withdrawn."""

from datetime import datetime

from flask_babel import lazy_gettext as _
from sqlalchemy import update

from academy.database import db
from academy.passport.credentials.models import Credential
from academy.passport.models import ERASED, Certificate, Status
from academy.personal import ONLY_YOU, WHILE_HERE, Fate, Kept, Leaver

KEPT = (
    Kept(
        "certificate",
        "person_id",
        _("Your passports, word for word: your name, your team, your visas and badges"),
        _("So that anybody you give the code to can verify it."),
        WHILE_HERE,
        _("You, whoever has the code, and systems that an administrator gave a token to."),
        Fate.DETACHED,
        _("The code and its day of issue, so that it is answered: withdrawn, without a name."),
    ),
    Kept(
        "credential",
        "person_id",
        _("The signed files you took along: what each says, and your e-mail address scrambled"),
        _("So that the same file can be signed again, and revoked if need be."),
        WHILE_HERE,
        _("You, and whoever you give a file to."),
        Fate.DETACHED,
        _("Its number, the award and where it stands, so that the file you keep still verifies."),
    ),
    Kept(
        "passport_link",
        "person_id",
        _("The links that show your passport: what each shows, and until when"),
        _("So that you choose who sees what, and can withdraw it."),
        WHILE_HERE,
        ONLY_YOU,
        Fate.DELETED,
        withheld=frozenset({"once"}),
    ),
    Kept(
        "paper_toy",
        "person_id",
        _(
            "The Paper Toy you chose: which figure, in which colour, for which paper, with which awards"
        ),
        _("So that you find it again as you left it."),
        WHILE_HERE,
        ONLY_YOU,
        Fate.DELETED,
    ),
    Kept(
        "printed_award",
        "person_id",
        _(
            "Which of your awards you printed, on the figure or on which sheet of stickers, and when"
        ),
        _("So that the next sheet holds only what you won since."),
        WHILE_HERE,
        ONLY_YOU,
        Fate.DELETED,
    ),
)

NOTHING = {"holder": "", "entity": "", "company": "", "visas": [], "awards": []}


def prepare(leaver: Leaver, at: datetime) -> None:
    """Every passport of theirs is withdrawn and emptied; the verification page says so without a name.

    The signed files that they took are theirs: those stay in force, and nothing here says whose they were.
    """
    today = at.replace(hour=0, minute=0, second=0, microsecond=0)
    db.session.execute(
        update(Certificate)
        .where(Certificate.person_id == leaver.id)
        .values(
            status=Status.REVOKED,
            replaced_by=None,
            ended_at=today,
            end_reason=ERASED,
            issued_at=today,
            certified=NOTHING,
        )
        .execution_options(synchronize_session=False)
    )
    db.session.execute(
        update(Credential)
        .where(Credential.person_id == leaver.id)
        .values(said={}, since=today, issued_at=today)
        .execution_options(synchronize_session=False)
    )
