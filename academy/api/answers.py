"""What is answered, field by field: the document is made of this."""

from typing import Any

from marshmallow import EXCLUDE, Schema, fields, validate

from academy.rewards.badges import AwardKind


class Answer(Schema):
    """Every field is always there; what is not known, or not told, is null. New fields may join them."""

    class Meta:
        unknown = EXCLUDE

    def on_bind_field(self, field_name: str, field_obj: fields.Field[Any]) -> None:
        field_obj.required = True


def _said(words: str, **more: Any) -> dict[str, Any]:
    return {"metadata": {"description": words}, **more}


class Words(Answer):
    """In both languages."""

    fr = fields.String()
    en = fields.String()


class Problem(Answer):
    """RFC 9457. `parameters` and `scopes` come with 422 and 403."""

    type = fields.String(**_said("Always about:blank: the status says it."))
    title = fields.String()
    status = fields.Integer()
    detail = fields.String()
    request_id = fields.String(**_said("To be told to whoever runs the academy."))


class Listing(Answer):
    next_cursor = fields.String(
        **_said("Give it back as `cursor`; null on the last page.", allow_none=True)
    )


class Person(Answer):
    id = fields.String(**_said("Never changes and tells nothing; the id of SCIM, too."))
    staff_number = fields.String(allow_none=True)
    given_name = fields.String()
    family_name = fields.String()
    entity = fields.String(**_said("Key of the entity they work in today.", allow_none=True))
    trade = fields.String(allow_none=True)
    open = fields.Boolean(**_said("Is the account open?"))


class People(Listing):
    items = fields.List(fields.Nested(Person))
    as_of = fields.AwareDateTime(
        **_said(
            "Changes were looked for up to then: the next `updated_since`. Null before the first time.",
            allow_none=True,
        )
    )


class Entity(Answer):
    key = fields.String()
    kind = fields.String(validate=validate.OneOf(("company", "division", "site", "team")))
    name = fields.String()
    country = fields.String(allow_none=True)
    region = fields.String(allow_none=True)
    zone = fields.String(allow_none=True)
    parent = fields.String(**_said("Key of the entity above it today.", allow_none=True))
    opened_on = fields.Date()
    closed_on = fields.Date(allow_none=True)


class Entities(Listing):
    items = fields.List(fields.Nested(Entity))


class Figures(Answer):
    """People of the group: each figure is rounded to a multiple of five."""

    passport = fields.Integer(**_said("Hold the digital passport."))
    begun = fields.Integer(**_said("Ever did a lesson, a quiz, a minute or the voyage."))
    month = fields.Integer(**_said("Did so on that day or one of the 29 before."))
    week = fields.Integer(**_said("Did so since Monday of that week."))


class Group(Answer):
    people = fields.Integer(
        **_said(
            "Exact. Null: fewer than five, or it would give such a group away.", allow_none=True
        )
    )
    figures = fields.Nested(Figures, allow_none=True)


class Part(Group):
    entity = fields.String()
    name = fields.String()


class Cut(Group):
    cut = fields.String(
        **_said(
            "What the people share: job, language, seniority, contract, shift; wave: the number of "
            "the wave by which they came in, empty for who came in by none."
        )
    )
    value = fields.String()


class Visa(Answer):
    award = fields.String()
    people = fields.Integer(**_said("Hold it; rounded to a multiple of five."))


class Completion(Answer):
    entity = fields.String()
    day = fields.Date(**_said("The day told of: that asked for, or the last one kept before it."))
    counted_at = fields.AwareDateTime()
    whole = fields.Nested(Group, **_said("With all that is under it."))
    visas = fields.List(fields.Nested(Visa))
    cuts = fields.List(fields.Nested(Cut))
    parts = fields.List(fields.Nested(Part, **_said("The entities right under it.")))


class Goal(Answer):
    kind = fields.String(validate=validate.OneOf(("passport", "visa", "track", "minutes")))
    award = fields.String(**_said("Key of the award to hold.", allow_none=True))
    days = fields.Integer(**_said("On how many days to do a minute.", allow_none=True))


class Campaign(Answer):
    id = fields.Integer()
    name = fields.Nested(Words)
    mandatory = fields.Boolean()
    state = fields.String(validate=validate.OneOf(("announced", "running", "ended", "withdrawn")))
    goal = fields.Nested(Goal)
    starts_on = fields.Date()
    due_on = fields.Date()
    counted_at = fields.AwareDateTime(allow_none=True)


class Campaigns(Listing):
    items = fields.List(fields.Nested(Campaign))


class Reached(Answer):
    entity = fields.String()
    name = fields.String()
    people = fields.Integer(allow_none=True)
    done = fields.Integer(allow_none=True)


class CampaignReached(Campaign):
    parts = fields.List(
        fields.Nested(Reached),
        **_said(
            "The highest entities the token sees, and what is under a single one. Exact where the "
            "campaign is mandatory; else rounded, and null for small groups."
        ),
    )


class Standing(Answer):
    id = fields.String()
    name = fields.String()
    entity = fields.String(**_said("Its name."))
    state = fields.String(validate=validate.OneOf(("done", "not-yet", "paused")))
    done_on = fields.Date(allow_none=True)


class Standings(Listing):
    items = fields.List(fields.Nested(Standing))


class Award(Answer):
    key = fields.String()
    badge = fields.String(**_said("Medals of one badge share it."))
    kind = fields.String(validate=validate.OneOf(tuple(kind.value for kind in AwardKind)))
    metal = fields.String(allow_none=True)
    title = fields.Nested(Words)
    summary = fields.Nested(Words)
    points = fields.Integer()
    version = fields.String(**_said("Names this very rule; it changes with it."))


class Awards(Answer):
    items = fields.List(fields.Nested(Award))


class Attested(Answer):
    award = fields.String()
    title = fields.Nested(Words)
    on = fields.Date()
    withdrawn_on = fields.Date(allow_none=True)


class Passport(Answer):
    code = fields.String()
    issued_on = fields.Date()
    visas = fields.List(fields.Nested(Attested))
    awards = fields.List(fields.Nested(Attested))


class Holdings(Answer):
    id = fields.String()
    passport = fields.Nested(
        Passport, allow_none=True, metadata={"description": "Null without one in force."}
    )


class Attestation(Answer):
    holder = fields.String()
    entity = fields.String(
        **_said("Null where its holder keeps it to themselves.", allow_none=True)
    )
    company = fields.String()
    issued_on = fields.Date()
    complete = fields.Boolean(**_said("False where its holder shows a part of it here."))
    visas = fields.List(fields.Nested(Attested))
    awards = fields.List(fields.Nested(Attested))


class Verification(Answer):
    code = fields.String()
    state = fields.String(validate=validate.OneOf(("valid", "expired", "revoked", "replaced")))
    reason = fields.String(**_said("Why it was revoked.", allow_none=True))
    replaced_by = fields.String(**_said("The code of the newer one.", allow_none=True))
    attested = fields.Nested(
        Attestation,
        allow_none=True,
        metadata={"description": "Null once it is not shown any more."},
    )


class Credential(Answer):
    ref = fields.String()
    state = fields.String(validate=validate.OneOf(("valid", "revoked", "replaced")))
    title = fields.String()
    summary = fields.String()
    company = fields.String()
    issued_on = fields.Date()
    ended_on = fields.Date(allow_none=True)
    reason = fields.String(allow_none=True)
