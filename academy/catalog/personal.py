"""Who put content in force."""

from flask_babel import lazy_gettext as _

from academy.personal import FOR_GOOD, Fate, Kept

KEPT = (
    Kept(
        "release_in_force",
        "person_id",
        _("The content you published"),
        _("So that it is known who changed what everybody reads."),
        FOR_GOOD,
        _("Authors and administrators."),
        Fate.DETACHED,
        _("The content and its notes, which belong to the academy, without your name."),
        withheld=frozenset({"changes"}),
    ),
)
