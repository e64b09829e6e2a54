"""What the academy keeps of an account, a place at work, roles, and acts of administration."""

from datetime import datetime

from flask_babel import lazy_gettext as _

from academy.people import audit
from academy.people.roles import services as roles
from academy.personal import ADMINS, FOR_GOOD, ONLY_YOU, WHILE_HERE, Fate, Kept, Leaver

ACCOUNTABLE = _(
    "What was done, and when: the company must be able to account for it. Nobody’s name stays."
)
AND_HR = _("You, HR and administrators.")
KEPT = (
    Kept(
        "person",
        "id",
        _("Your name, your address, what you prefer, and a trace of your password"),
        _("To let you in, to write to you, and to suit you."),
        WHILE_HERE,
        _("Colleagues see your name and address; what you prefer, you alone."),
        Fate.DELETED,
        withheld=frozenset({"password_hash", "epoch", "by_given", "by_family", "unread"}),
    ),
    Kept(
        "posting",
        "person_id",
        _("Where you work, in what trade, and with which manager"),
        _("To put your site on your passport, and to know its days off."),
        WHILE_HERE,
        AND_HR,
        Fate.DELETED,
    ),
    Kept(
        "posting",
        "manager_id",
        _("Whose manager you are"),
        _("To show them who their manager is."),
        _("As long as their accounts."),
        _("Each of them, HR and administrators."),
        Fate.DETACHED,
        _("Their place at work, without a manager."),
        mine=False,
    ),
    Kept(
        "role_grant",
        "person_id",
        _("Your roles"),
        _("To open the right pages to you."),
        WHILE_HERE,
        ADMINS,
        Fate.DELETED,
    ),
    Kept(
        "role_grant",
        "granted_by",
        _("Roles you gave or lent to others"),
        _("To tell them whom they have them from."),
        _("As long as their accounts."),
        _("Each of them, and administrators."),
        Fate.DETACHED,
        _("The roles, without your name. What you lent ends."),
        mine=False,
    ),
    Kept(
        "working_pattern",
        "person_id",
        _("The days of the week you work"),
        _("To ask nothing of you on the others."),
        WHILE_HERE,
        AND_HR,
        Fate.DELETED,
    ),
    Kept(
        "leave",
        "person_id",
        _("The days you said you are away"),
        _("To ask nothing of you on those days. Nobody asks why."),
        WHILE_HERE,
        ONLY_YOU,
        Fate.DELETED,
    ),
    Kept(
        "sign_on",
        "person_id",
        _("Which identity at a sign-in provider of the company opens your account"),
        _("To know you again when you sign in with it, even if your address changes."),
        _("As long as your account, or until you untie it on the page of your account."),
        ONLY_YOU,
        Fate.DELETED,
    ),
    Kept(
        "audit_entry",
        "actor_id",
        _("What you did as an administrator, an author, or by lending a role"),
        _("So that it can be known who did what to whom."),
        FOR_GOOD,
        _("Administrators of the whole company."),
        Fate.DETACHED,
        ACCOUNTABLE,
        withheld=frozenset({"subject", "details"}),
    ),
    Kept(
        "audit_entry",
        "subject",
        _("What was done to your account: a role given, a link sent"),
        _("So that it can be known who did what to whom."),
        FOR_GOOD,
        _("Administrators of the whole company."),
        Fate.DETACHED,
        ACCOUNTABLE,
        named="person:{}",
        nobody=audit.ERASED,
        withheld=frozenset({"actor_id"}),
    ),
)


def prepare(leaver: Leaver, at: datetime) -> None:
    """Somebody else keeps the keys, and nothing stays lent. Raises RoleRefused for the last administrator."""
    roles.keep_an_admin(leaver.id, at.date())
    roles.end_loans_of(leaver.id, at.date())
