"""Files as the academy issues them, and what a stranger finds of it: `python -m tests.peers.issue FOLDER`."""

import json
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from openbadgeslib.ob3.contexts import bundled_contexts

from academy.database import db
from academy.passport.credentials import recording, records, services, signing
from academy.passport.credentials.issuer import did_document
from academy.passport.credentials.models import Credential
from academy.passport.credentials.signing import Form
from academy.passport.credentials.subjects import Part
from academy.passport.keeping import services as keeping
from academy.people.models import Person, Role
from tests.conftest import MONDAY, opened, settings
from tests.factories import earn_passport, make_person


def main(folder: Path) -> None:
    with TemporaryDirectory() as home:
        app = opened(settings(Path(home)))
        with app.app_context():
            _write(folder / "valid", _taken(_winner(Role.AUTHOR)))
            cheat = _winner(Role.MENTOR)
            taken = _taken(cheat)
            keeping.withdraw(cheat.id, "visa-ai", "Why.", make_person(Role.ADMIN).id, MONDAY)
            db.session.commit()
            _write(folder / "revoked", [each for each in taken if each.award != "visa-culture"])
            _write_json(folder / "known.json", _known())
            db.engine.dispose()


def _winner(role: Role) -> Person:
    person = make_person(role)
    earn_passport(person)
    return person


def _taken(person: Person) -> list[Credential]:
    """An award, another, the passport, and the record of all."""
    keys = ("visa-ai", "visa-culture", "passport")
    taken = [services.give(person.id, key, MONDAY) for key in keys]
    taken.append(recording.give_record(person.id, Part.ALL, MONDAY))
    db.session.commit()
    return taken


def _write(folder: Path, taken: list[Credential]) -> None:
    folder.mkdir(parents=True)
    for credential in taken:
        for form in signing.WITHOUT_PICTURE:
            file = signing.signed(credential, Form(form), MONDAY)
            (folder / file.name).write_bytes(file.content)


def _known() -> dict[str, Any]:
    """What addresses lead to: the academy's own, and the words of the standards."""
    listed = json.loads(signing.status_list(1, MONDAY) or "")
    did = did_document(signing.issuer(), signing.known_keys().values())
    return {**bundled_contexts(), **records.contexts(), listed["id"]: listed, did["id"]: did}


def _write_json(file: Path, document: Any) -> None:
    file.write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
