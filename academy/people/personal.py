"""What the academy keeps of an account, a place at work, roles, and acts of administration."""

from datetime import datetime

from flask_babel import lazy_gettext as _

from academy.people import audit
from academy.people.roles import services as roles
from academy.personal import ADMINS, FOR_GOOD, ONLY_YOU, WHILE_HERE, Fate, Kept, Leaver, kept_for

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
        withheld=frozenset(
            {"password_hash", "epoch", "by_given", "by_family", "unread", "directory_key"}
        ),
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
        "departure",
        "person_id",
        _("The last day you work here, and a mark of the link you were given then"),
        _("To end your access in time, and let you fetch what you earned."),
        kept_for(_("Until you are erased, %(period)s after you left."), period="leavers_kept"),
        AND_HR,
        Fate.DELETED,
        withheld=frozenset({"link_hash", "posting_id"}),
    ),
    Kept(
        "people_import",
        "uploaded_by",
        _("Lists of people and entities that you handed in for human resources"),
        _("To try a list out, apply it, and show you what came of it."),
        kept_for(
            _("The list until it is applied, %(lists)s at most; what came of it, %(reports)s."),
            lists="keep_lists",
            reports="keep_reports",
        ),
        _("You alone; administrators see that it happened."),
        Fate.DETACHED,
        _("What came of the list, without your name, until its time is over."),
        withheld=frozenset({"samples", "options", "once"}),
    ),
    Kept(
        "people_import_row",
        "person_id",
        _("What such a list changed of your account or your place at work"),
        _("So that whoever handed it in can check what came of it."),
        kept_for(_("%(period)s."), period="keep_reports"),
        _("Whoever handed the list in."),
        Fate.DELETED,
        withheld=frozenset({"key", "address"}),
    ),
    Kept(
        "people_import_piece",
        "",
        _("The lines of such a list, yours among them if you are in it"),
        _("To read them, and to apply them when whoever handed it in says so."),
        kept_for(_("Until it is applied; %(period)s at most."), period="keep_lists"),
        _("Nobody: whoever handed it in has their own file."),
        Fate.KEPT,
        _("The lines, until then."),
    ),
    Kept(
        "directory_record",
        "person_id",
        _("What the company’s directory says of you: name, address, department, title, manager"),
        _("So that your account follows your work, and ends with it."),
        WHILE_HERE,
        _("You, administrators, and the directory itself."),
        Fate.DELETED,
        withheld=frozenset({"name_filed"}),
    ),
    Kept(
        "directory_member",
        "person_id",
        _("The groups of the company’s directory you are in"),
        _("To give you the role that comes with a group."),
        _("Until you leave the group, or as long as your account."),
        _("You, administrators, and the directory itself."),
        Fate.DELETED,
        withheld=frozenset({"grant_id"}),
    ),
    Kept(
        "directory_client",
        "made_by",
        _("Directories you connected to the academy"),
        _("So that it can be known who let them in."),
        FOR_GOOD,
        _("Administrators of the whole company."),
        Fate.DETACHED,
        _("The directory stays connected, without your name."),
        withheld=frozenset({"token_print", "hint", "once"}),
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
        "second_factor",
        "person_id",
        _("That you have a second factor, since when, and its key, sealed"),
        _("To ask for a code when you sign in with a password."),
        _("Until you turn it off, or as long as your account."),
        _("You; administrators see that there is one. Nobody sees the key."),
        Fate.DELETED,
        withheld=frozenset({"secret", "last_step"}),
    ),
    Kept(
        "recovery_code",
        "person_id",
        _("Traces of your recovery codes, and which were used when"),
        _("To let you in without your phone, once with each."),
        _("Until you make new ones or turn the second factor off."),
        ONLY_YOU,
        Fate.DELETED,
        withheld=frozenset({"code_hash"}),
    ),
    Kept(
        "audit_entry",
        "actor_id",
        _("What you did as an administrator, an author, or by lending a role"),
        _("So that it can be known who did what to whom."),
        kept_for(_("%(period)s."), period="keep_audit"),
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
        kept_for(_("%(period)s."), period="keep_audit"),
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
