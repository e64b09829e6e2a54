"""What strangers see, and what everybody sees when something is not possible."""

import json

from sqlalchemy import update

from academy.database import db
from academy.passport import queries as passports
from academy.passport import services as passport
from academy.passport.credentials import services as credentials
from academy.passport.credentials import signing
from academy.passport.credentials.signing import Form
from academy.passport.links import services as links
from academy.passport.models import Certificate
from academy.people.models import Person
from academy.people.services import PERSONAS
from tests import factories
from tests.journeys.visit import Visit, place


@place
def sign_in(visit: Visit) -> None:
    visit.open("/sign-in", ".personas")


@place
def sign_in_refused(visit: Visit) -> None:
    visit.open("/sign-in")
    visit.page.locator("#submit").click()
    visit.see(".field-error")


@place
def sign_in_after_leaving(visit: Visit) -> None:
    visit.open("/sign-in?left=aurore", ".gate-left")
    visit.see(".gate-ways")


@place
def sign_in_forged(visit: Visit) -> None:
    visit.open("/sign-in/back/aurore?state=forged", ".empty-page")


@place
def verify(visit: Visit) -> None:
    visit.open("/verify", "#code")


@place
def verify_refused(visit: Visit) -> None:
    visit.open("/verify")
    visit.page.locator("#submit").click()
    visit.see(".field-error")


@place
def verification_unknown(visit: Visit) -> None:
    visit.open("/verify/2222-2222-2222", ".unknown")


@place
def verification_valid(visit: Visit) -> None:
    with visit.served.behind():
        code = certified(visit).code
    visit.open(f"/verify/{code}", ".certificate-valid")


@place
def verification_replaced(visit: Visit) -> None:
    with visit.served.behind():
        before = certified(visit)
        factories.read_lesson(visit.person, "cookie-who-remembers", visit.now)
        passport.issue(visit.person.id, visit.now, visit.now.date())
        db.session.commit()
    visit.open(f"/verify/{before.code}", ".certificate-replaced a")


@place
def verification_revoked(visit: Visit) -> None:
    with visit.served.behind():
        certificate = certified(visit)
        passport.revoke(certificate, "Erreur de saisie", visit.now)
        db.session.commit()
    visit.open(f"/verify/{certificate.code}", ".certificate-revoked")


@place
def verification_closed(visit: Visit) -> None:
    with visit.served.behind():
        code = certified(visit).code
        links.close(visit.person.id, visit.now)
        db.session.commit()
    visit.open(f"/verify/{code}", ".unknown")


@place
def verify_a_file(visit: Visit) -> None:
    visit.open("/verify/file", "#file")


@place
def verify_a_file_refused(visit: Visit) -> None:
    visit.open("/verify/file")
    visit.page.locator("#submit").click()
    visit.see(".field-error")


@place
def verified_file(visit: Visit) -> None:
    examine(visit, taken(visit))
    visit.see(".certificate-valid .point-open")


@place
def verified_file_altered(visit: Visit) -> None:
    examine(visit, taken(visit).replace(b"2026", b"2025").replace(b"2027", b"2025"))
    visit.see(".certificate-revoked .point-fails")


@place
def credential(visit: Visit) -> None:
    path = json.loads(taken(visit))["id"].rpartition("/credentials/")[2]
    visit.open(f"/credentials/{path}", ".certificate-valid")


@place
def error_404(visit: Visit) -> None:
    visit.open("/lessons/nowhere-at-all")
    visit.open("/nowhere", ".empty-page")


@place
def error_403(visit: Visit) -> None:
    """Somebody who left the company meanwhile."""
    gone = update(Person).where(Person.email == PERSONAS["mentor"]).values(active=False)
    with visit.served.behind():
        db.session.execute(gone)
        db.session.commit()
    visit.open("/sign-in")
    visit.send("/sign-in/as/mentor")
    visit.see(".empty-page")


@place
def error_400(visit: Visit) -> None:
    """A form whose session was lost."""
    visit.open("/verify")
    visit.page.context.clear_cookies()
    visit.page.locator("#submit").click()
    visit.see(".empty-page")


def certified(visit: Visit) -> Certificate:
    """The passport of the person, just issued."""
    factories.earn_passport(visit.person, visit.now)
    found = passports.valid_one(visit.person.id)
    assert found is not None
    return found


def taken(visit: Visit) -> bytes:
    """The passport of the person, as a signed file."""
    with visit.served.behind():
        certified(visit)
        given = credentials.give(visit.person.id, "passport", visit.now)
        db.session.commit()
        return signing.signed(given, Form.JSON, visit.now).content


def examine(visit: Visit, content: bytes) -> None:
    visit.open("/verify/file")
    visit.page.locator("#file").set_input_files(
        {"name": "passport.json", "mimeType": "application/json", "buffer": content}
    )
    visit.page.locator("#submit").click()
