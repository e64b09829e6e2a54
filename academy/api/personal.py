"""What the read API keeps about people."""

from flask_babel import lazy_gettext as _

from academy.personal import FOR_GOOD, WHILE_HERE, Fate, Kept

KEPT = (
    Kept(
        "api_person",
        "person_id",
        _(
            "When your name, your place at work or your account last changed, and a mark to notice it by"
        ),
        _("So that other systems of the company, such as that of human resources, follow."),
        WHILE_HERE,
        _("You, and systems that an administrator gave a token to."),
        Fate.DELETED,
        withheld=frozenset({"print"}),
    ),
    Kept(
        "api_client",
        "made_by",
        _("Tokens of the read API that you made as an administrator"),
        _("So that it can be known who let another system in."),
        FOR_GOOD,
        _("Administrators."),
        Fate.DETACHED,
        _("The token stays, without your name."),
        withheld=frozenset({"token_print", "hint", "once"}),
    ),
)
