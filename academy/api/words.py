"""The operations in words, as the page about the API says them."""

from flask_babel import lazy_gettext as _

OPERATIONS = {
    "list_people": _("People, a page at a time; those whose data changed, if asked for."),
    "show_person": _("One person."),
    "list_entities": _("The entities within the reach of the token."),
    "show_completion": _("The figures of an entity, as its dashboard tells them."),
    "list_campaigns": _("The campaigns that were announced, newest first."),
    "show_campaign": _("A campaign, and how far the groups are that the token sees."),
    "list_people_of_campaign": _(
        "Who is done in a mandatory campaign, of those who were told of it; of any other, nobody."
    ),
    "list_awards": _("Every award there is, in both languages."),
    "show_awards_of_person": _(
        "What somebody’s passport attests, and nothing else of what they hold."
    ),
    "verify_passport": _("Where a passport stands, and what it attests."),
    "verify_credential": _("Where a credential stands."),
}
TAGS = {
    "people": _("People"),
    "entities": _("Entities"),
    "completion": _("Completion"),
    "awards": _("Awards"),
    "verification": _("Verification"),
}
