"""What figures for human resources are made from."""

from flask_babel import lazy_gettext as _

from academy.personal import FOR_GOOD, WHILE_HERE, Fate, Kept, kept_for

KEPT = (
    Kept(
        "hr_standing",
        "person_id",
        _(
            "The first and the last day you came, the last one before that week, and your last minute"
        ),
        _("To count how many people of a group came, in groups of five or more."),
        WHILE_HERE,
        _("Nobody: human resources see rounded figures of groups, made from it."),
        Fate.DELETED,
    ),
    Kept(
        "hr_campaign_member",
        "person_id",
        _("The campaigns that concern you: your deadline, and the day you were done"),
        _("To tell you once, to remind you, and to count how far a campaign is."),
        kept_for(_("%(period)s after the campaign ends."), period="keep_campaigns"),
        _(
            "Of a mandatory campaign human resources, and systems that an administrator gave a token to, "
            "see your name with done, not yet or paused; of any other, rounded figures of groups."
        ),
        Fate.DELETED,
    ),
    Kept(
        "hr_campaign",
        "changed_by",
        _("The campaigns you changed last"),
        _("To know who answers for a campaign."),
        FOR_GOOD,
        _("Nobody on a page."),
        Fate.DETACHED,
        _("The campaign, without your name."),
        mine=False,
    ),
    Kept(
        "hr_wave_member",
        "person_id",
        _(
            "The wave by which the academy opened to you, the day you came in, when you were invited"
        ),
        _("To let you in with your wave, to tell you once, and never to shut you out again."),
        WHILE_HERE,
        _("Nobody: human resources see rounded figures of waves."),
        Fate.DELETED,
    ),
    Kept(
        "hr_wave",
        "changed_by",
        _("The waves you changed last"),
        _("To know who answers for a wave."),
        FOR_GOOD,
        _("Nobody on a page."),
        Fate.DETACHED,
        _("The wave, without your name."),
        mine=False,
    ),
    Kept(
        "hr_wave_decision",
        "person_id",
        _("Your decisions to open a wave or to wait, and why"),
        _("To know who decided it."),
        FOR_GOOD,
        _("Human resources and administrators of the whole company."),
        Fate.DETACHED,
        _("The decision and its reason, without your name."),
        withheld=frozenset({"once"}),
    ),
)
