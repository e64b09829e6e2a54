"""Imports as their pages and reports say them."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext

from academy.people.importing.models import ImportRow, Kind, Stage, State, Verdict
from academy.people.words import job_name, language_name

KINDS = {Kind.ENTITIES: lazy_gettext("Entities"), Kind.PEOPLE: lazy_gettext("People")}
FIELDS: dict[Kind, dict[str, Any]] = {
    Kind.PEOPLE: {
        "number": lazy_gettext("Staff number"),
        "email": lazy_gettext("E-mail"),
        "given_name": lazy_gettext("Given name"),
        "family_name": lazy_gettext("Family name"),
        "entity": lazy_gettext("Key of the entity"),
        "job_family": lazy_gettext("Trade"),
        "manager": lazy_gettext("Manager (number or e-mail)"),
        "contract": lazy_gettext("Contract"),
        "shift": lazy_gettext("Shift"),
        "language": lazy_gettext("Language"),
        "joined_on": lazy_gettext("Joined on"),
        "leaves_on": lazy_gettext("Leaves on (last day)"),
        "zone": lazy_gettext("Time zone"),
        "since": lazy_gettext("The change holds from"),
    },
    Kind.ENTITIES: {
        "key": lazy_gettext("Key"),
        "name": lazy_gettext("Name"),
        "kind": lazy_gettext("Kind"),
        "parent": lazy_gettext("Key of the parent"),
        "country": lazy_gettext("Country"),
        "region": lazy_gettext("Region"),
        "zone": lazy_gettext("Time zone"),
        "closed_on": lazy_gettext("Closed on"),
        "since": lazy_gettext("The change holds from"),
    },
}
STATES = {
    State.RECEIVED: lazy_gettext("The file is being read"),
    State.OPENED: lazy_gettext("Columns to be said"),
    State.EXAMINING: lazy_gettext("The file is being tried out"),
    State.EXAMINED: lazy_gettext("Tried out: to be confirmed"),
    State.APPLYING: lazy_gettext("The file is being applied"),
    State.DONE: lazy_gettext("Applied"),
    State.REFUSED: lazy_gettext("Could not be read"),
}
VERDICTS: dict[Kind, dict[Verdict, Any]] = {
    Kind.PEOPLE: {
        Verdict.NEW: lazy_gettext("Newcomers"),
        Verdict.MOVED: lazy_gettext("Moves"),
        Verdict.CHANGED: lazy_gettext("Changes"),
        Verdict.LEAVING: lazy_gettext("Leavers"),
        Verdict.SAME: lazy_gettext("Without change"),
        Verdict.WRONG: lazy_gettext("Wrong rows"),
    },
    Kind.ENTITIES: {
        Verdict.NEW: lazy_gettext("New entities"),
        Verdict.MOVED: lazy_gettext("Moves"),
        Verdict.CHANGED: lazy_gettext("Changes"),
        Verdict.LEAVING: lazy_gettext("Closings"),
        Verdict.SAME: lazy_gettext("Without change"),
        Verdict.WRONG: lazy_gettext("Wrong rows"),
    },
}
UNREADABLE = {
    "too-big": lazy_gettext("The file is too large once unpacked. Split it, or send it as CSV."),
    "too-many-rows": lazy_gettext("The file has too many rows. Split it in two."),
    "too-wide": lazy_gettext(
        "The file has more than 60 columns. Leave out those that are not needed."
    ),
    "old-workbook": lazy_gettext(
        "This workbook is of an old kind, or has a password. Save it as XLSX or CSV, without one."
    ),
    "broken-workbook": lazy_gettext(
        "This workbook is damaged. Open it, save it anew as XLSX or CSV, and try again."
    ),
    "no-workbook": lazy_gettext("This is an archive, but no workbook. Send a CSV or an XLSX file."),
    "broken-lines": lazy_gettext(
        "A cell of this file does not end: a quotation mark is missing. Save it anew as CSV or XLSX."
    ),
    "no-text": lazy_gettext("This is neither text nor a workbook. Send a CSV or an XLSX file."),
    "empty": lazy_gettext("There is nothing in this file below the headings."),
}
PROBLEMS = {
    "needed": lazy_gettext("This cell must say something. Fill it in."),
    "twice": lazy_gettext("A row above says the same. Keep one of them."),
    "too-long": lazy_gettext("This is too long. Shorten it."),
    "no-date": lazy_gettext("This is no date. Write it as 2026-01-31 or 31/01/2026."),
    "far-date": lazy_gettext("This date is too far away. Check the year."),
    "no-address": lazy_gettext("This is not an e-mail address. Write it as name@company.com."),
    "no-number": lazy_gettext("A staff number has at most 40 signs, without @. Mend it."),
    "no-key": lazy_gettext("A key has at most 60 signs, without spaces. Mend it."),
    "no-language": lazy_gettext("The academy speaks French and English. Write fr or en."),
    "no-zone": lazy_gettext("This is no time zone. Write it as Europe/Paris."),
    "no-country": lazy_gettext("This is no country. Write its code of two letters, as FR."),
    "no-region": lazy_gettext("A region is a code of at most six letters and digits, as QC."),
    "no-kind": lazy_gettext("Write company, division, site or team."),
    "no-entity": lazy_gettext("No entity has this key. Mend the key, or import the entity first."),
    "closed-entity": lazy_gettext("This entity is closed. Write the key of an open one."),
    "entity-out-of-reach": lazy_gettext(
        "Somebody else looks after this entity. Leave this row to them."
    ),
    "out-of-reach": lazy_gettext("Somebody else looks after this one. Leave this row to them."),
    "address-taken": lazy_gettext(
        "Somebody else has this address. Check which of the two is right."
    ),
    "address-kept": lazy_gettext(
        "An administrator changes the address of an account. Ask one, or leave the address as it is."
    ),
    "since-future": lazy_gettext("This day is still to come. Import this row on that day."),
    "since-before": lazy_gettext(
        "What is true today began later than this day. Write a later one."
    ),
    "leaves-before": lazy_gettext("This is before the day of arrival. Check both."),
    "closes-before": lazy_gettext("This is before the entity opened. Check the date."),
    "inhabited": lazy_gettext("People still work there. Move them first."),
    "account-closed": lazy_gettext(
        "This account is closed. Open it again on the person’s page, or leave the row out."
    ),
    "admin-leaves": lazy_gettext(
        "This account belongs to an administrator: another one closes it, on its page."
    ),
    "yourself": lazy_gettext("You cannot make yourself leave. Ask a colleague."),
    "no-manager": lazy_gettext(
        "Nobody here, nor in this file, has this number or address. Mend it."
    ),
    "own-manager": lazy_gettext("Nobody is their own manager. Mend it, or empty the cell."),
    "no-root": lazy_gettext(
        "An entity cannot be taken out of the tree. Write the key of its parent."
    ),
    "circle": lazy_gettext(
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
