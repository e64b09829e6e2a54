"""Imports as their pages and reports say them."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as lazy

from academy.people.importing.models import ImportRow, Kind, Stage, State, Verdict
from academy.people.words import job_name, language_name

KINDS = {Kind.ENTITIES: lazy("Entities"), Kind.PEOPLE: lazy("People")}
FIELDS: dict[Kind, dict[str, Any]] = {
    Kind.PEOPLE: {
        "number": lazy("Staff number"),
        "email": lazy("E-mail"),
        "given_name": lazy("Given name"),
        "family_name": lazy("Family name"),
        "entity": lazy("Key of the entity"),
        "job_family": lazy("Trade"),
        "manager": lazy("Manager (number or e-mail)"),
        "contract": lazy("Contract"),
        "shift": lazy("Shift"),
        "language": lazy("Language"),
        "joined_on": lazy("Joined on"),
        "leaves_on": lazy("Leaves on (last day)"),
        "zone": lazy("Time zone"),
        "since": lazy("The change holds from"),
    },
    Kind.ENTITIES: {
        "key": lazy("Key"),
        "name": lazy("Name"),
        "kind": lazy("Kind"),
        "parent": lazy("Key of the parent"),
        "country": lazy("Country"),
        "region": lazy("Region"),
        "zone": lazy("Time zone"),
        "closed_on": lazy("Closed on"),
        "since": lazy("The change holds from"),
    },
}
STATES = {
    State.RECEIVED: lazy("The file is being read"),
    State.OPENED: lazy("Columns to be said"),
    State.EXAMINING: lazy("The file is being tried out"),
    State.EXAMINED: lazy("Tried out: to be confirmed"),
    State.APPLYING: lazy("The file is being applied"),
    State.DONE: lazy("Applied"),
    State.REFUSED: lazy("Could not be read"),
}
VERDICTS: dict[Kind, dict[Verdict, Any]] = {
    Kind.PEOPLE: {
        Verdict.NEW: lazy("New"),
        Verdict.MOVED: lazy("Moved"),
        Verdict.CHANGED: lazy("Changed"),
        Verdict.LEAVING: lazy("Leaving"),
        Verdict.SAME: lazy("Unchanged"),
        Verdict.WRONG: lazy("Wrong"),
    },
    Kind.ENTITIES: {
        Verdict.NEW: lazy("New"),
        Verdict.MOVED: lazy("Moved"),
        Verdict.CHANGED: lazy("Changed"),
        Verdict.LEAVING: lazy("Closing"),
        Verdict.SAME: lazy("Unchanged"),
        Verdict.WRONG: lazy("Wrong"),
    },
}
UNREADABLE = {
    "too-big": lazy("The file is too large once unpacked. Split it, or send it as CSV."),
    "too-many-rows": lazy("The file has too many rows. Split it in two."),
    "too-wide": lazy("The file has more than 60 columns. Leave out those that are not needed."),
    "old-workbook": lazy(
        "This workbook is of an old kind, or has a password. Save it as XLSX or CSV, without one."
    ),
    "broken-workbook": lazy(
        "This workbook is damaged. Open it, save it anew as XLSX or CSV, and try again."
    ),
    "no-workbook": lazy("This is an archive, but no workbook. Send a CSV or an XLSX file."),
    "broken-lines": lazy(
        "A cell of this file does not end: a quotation mark is missing. Save it anew as CSV or XLSX."
    ),
    "no-text": lazy("This is neither text nor a workbook. Send a CSV or an XLSX file."),
    "empty": lazy("There is nothing in this file below the headings."),
}
PROBLEMS = {
    "needed": lazy("This cell must say something. Fill it in."),
    "twice": lazy("A row above says the same. Keep one of them."),
    "too-long": lazy("This is too long. Shorten it."),
    "no-date": lazy("This is no date. Write it as 2026-01-31 or 31/01/2026."),
    "far-date": lazy("This date is too far away. Check the year."),
    "no-address": lazy("This is not an e-mail address. Write it as name@company.com."),
    "no-number": lazy("A staff number has at most 40 signs, without @. Mend it."),
    "no-key": lazy("A key has at most 60 signs, without spaces. Mend it."),
    "no-language": lazy("The academy speaks French and English. Write fr or en."),
    "no-zone": lazy("This is no time zone. Write it as Europe/Paris."),
    "no-country": lazy("This is no country. Write its code of two letters, as FR."),
    "no-region": lazy("A region is a code of at most six letters and digits, as QC."),
    "no-kind": lazy("Write company, division, site or team."),
    "no-entity": lazy("No entity has this key. Mend the key, or import the entity first."),
    "closed-entity": lazy("This entity is closed. Write the key of an open one."),
    "entity-out-of-reach": lazy("Somebody else looks after this entity. Leave this row to them."),
    "out-of-reach": lazy("Somebody else looks after this one. Leave this row to them."),
    "address-taken": lazy("Somebody else has this address. Check which of the two is right."),
    "address-kept": lazy(
        "An administrator changes the address of an account. Ask one, or leave the address as it is."
    ),
    "since-future": lazy("This day is still to come. Import this row on that day."),
    "since-before": lazy("What is true today began later than this day. Write a later one."),
    "leaves-before": lazy("This is before the day of arrival. Check both."),
    "closes-before": lazy("This is before the entity opened. Check the date."),
    "inhabited": lazy("People still work there. Move them first."),
    "account-closed": lazy(
        "This account is closed. Open it again on the person’s page, or leave the row out."
    ),
    "admin-leaves": lazy(
        "This account belongs to an administrator: another one closes it, on its page."
    ),
    "yourself": lazy("You cannot make yourself leave. Ask a colleague."),
    "no-manager": lazy("Nobody here, nor in this file, has this number or address. Mend it."),
    "own-manager": lazy("Nobody is their own manager. Mend it, or empty the cell."),
    "no-root": lazy("An entity cannot be taken out of the tree. Write the key of its parent."),
    "circle": lazy(
        "This would put the entity under itself, or deeper than twenty steps. Check its parent."
    ),
}


def field_name(kind: str, name: str) -> str:
    known = FIELDS[Kind(kind)].get(name)
    return str(known) if known else ""


def problem(code: str) -> str:
    return str(PROBLEMS[code])


def headline(state: str, stage: str) -> str:
    if state == State.APPLYING and stage == Stage.ABSENT:
        return _("Accounts of those who leave are being closed")
    if state == State.APPLYING and stage == Stage.MANAGERS:
        return _("Managers are being looked up")
    return str(STATES[State(state)])


def changes(kind: str, said: Mapping[str, Any]) -> list[str]:
    """What changes, field by field."""
    told = []
    for name, (before, after) in said.get("changes", {}).items():
        label, old, new = field_name(kind, name), _value(name, before), _value(name, after)
        if name == "manager" or not old:
            told.append(_("%(field)s: %(value)s", field=label, value=new or _("none")))
        else:
            told.append(
                _("%(field)s: %(old)s → %(new)s", field=label, old=old, new=new or _("none"))
            )
    if said.get("absent"):
        told.append(_("Absent from the list"))
    if said.get("stays"):
        told.append(_("The account stays open: an administrator must close it"))
    if said.get("without"):
        told.append(_("Without a manager: %(who)s is not there", who=said["without"]))
    return told


def _value(name: str, value: str) -> str:
    if name == "job_family":
        return job_name(value)
    return language_name(value) if name == "language" and value else value


def mistakes(kind: str, row: ImportRow) -> list[tuple[str, str, str]]:
    """Column, what stands there, what is wrong with it and what to do."""
    return [
        (field_name(kind, name), found, problem(code))
        for name, code, found in row.said.get("mistakes", ())
    ]
