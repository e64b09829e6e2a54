"""Home, awards, the passport, preferences: what is one's own."""

from academy.database import db
from academy.notices import stopping
from academy.notices.stopping import What
from academy.passport.links import rules as showing
from academy.passport.links import services as links
from academy.passport.links.services import Wanted
from academy.passport.toy import services as toy
from academy.people import services as people
from academy.people.signon.models import SignOn
from academy.people.workdays import services as workdays
from tests import factories
from tests.journeys.places_public import certified
from tests.journeys.server import PROVIDER
from tests.journeys.visit import Visit, place


@place
def home_new(visit: Visit) -> None:
    assert visit.person
    visit.open("/", ".ticket-waiting")


@place
def home_on_a_day_off(visit: Visit) -> None:
    with visit.served.behind():
        workdays.set_pattern(visit.person.id, [], visit.now.date(), None, visit.now)
        db.session.commit()
    visit.open("/", ".ticket-closed")


@place
def home_half_way(visit: Visit) -> None:
    with visit.served.behind():
        drawn = factories.draw(visit.person, visit.now)
        factories.answer(visit.person, drawn, at=visit.now)
    visit.open("/", ".ticket-started")


@place
def home_with_history(visit: Visit) -> None:
    with visit.served.behind():
        factories.do_round(visit.regular, visit.now)
    visit.open("/", ".ticket-done")
    visit.see(".recent")


@place
def history_empty(visit: Visit) -> None:
    assert visit.person
    visit.open("/history", ".empty")


@place
def history_full(visit: Visit) -> None:
    assert visit.regular
    visit.open("/history", ".pager")
    visit.page.locator(".pager a").click()
    visit.see(".ledger")


@place
def badges_to_come(visit: Visit) -> None:
    assert visit.person
    visit.open("/badges", ".award-to-come")


@place
def badges_won(visit: Visit) -> None:
    assert visit.regular
    visit.open("/badges", ".award:not(.award-to-come)")
    visit.page.locator(".levels summary").click()


@place
def passport_not_issued(visit: Visit) -> None:
    assert visit.person
    visit.open("/passport", ".to-issue")


@place
def passport_issued(visit: Visit) -> None:
    with visit.served.behind():
        certified(visit)
        factories.read_lesson(visit.person, "cookie-who-remembers", visit.now)
    visit.open("/passport", ".qr")


@place
def files_to_take(visit: Visit) -> None:
    with visit.served.behind():
        certified(visit)
    visit.open("/passport/files", ".takeaway")
    visit.page.locator(".takeaway-more summary").first.click()


@place
def nothing_to_take(visit: Visit) -> None:
    assert visit.person
    visit.open("/passport/files", ".empty")


@place
def passport_links(visit: Visit) -> None:
    with visit.served.behind():
        certified(visit)
        for number, span in enumerate(showing.Span):
            wanted = Wanted(showing.ALL, span, "Une occasion", f"{number:032}")
            links.open_link(visit.person.id, wanted, visit.now)
        links.close(visit.person.id, visit.now)
        db.session.commit()
    visit.open("/passport/links", ".link-row")


@place
def passport_links_with_mistakes(visit: Visit) -> None:
    with visit.served.behind():
        certified(visit)
    visit.open("/passport/links")
    visit.page.locator("form[action='/passport/links'] [type=submit]").click()
    visit.see(".field-error")


@place
def paper_toy_bare(visit: Visit) -> None:
    assert visit.person
    visit.open("/passport/toy", ".toy-standing")


@place
def paper_toy_with_stickers(visit: Visit) -> None:
    """Of somebody with more awards than places, two sheets, and something new."""
    with visit.served.behind():
        certified(visit)
        toy.print_stickers(visit.person.id, 1, visit.now)
        factories.do_round(visit.person, visit.now)
        toy.print_stickers(visit.person.id, 2, visit.now)
        for lesson in ("cookie-who-remembers", "cloud-has-an-address", "speed-of-change"):
            factories.read_lesson(visit.person, lesson, visit.now)
        db.session.commit()
    visit.open("/passport/toy", ".toy-earlier")
    visit.page.locator(".toy-awards summary").click()
    visit.see(".toy-ticks")


@place
def paper_toy_with_too_many_awards(visit: Visit) -> None:
    assert visit.regular
    visit.open("/passport/toy", ".toy-awards")
    visit.page.locator(".toy-awards summary").click()
    for number in range(11):
        visit.page.locator(f"label[for=awards-{number}]").click()
    visit.page.locator(".toy-form [type=submit]").first.click()
    visit.see(".field-error")


@place
def preferences(visit: Visit) -> None:
    assert visit.person
    visit.open("/preferences", "#needs-0")


@place
def account_with_an_identity(visit: Visit) -> None:
    with visit.served.behind():
        issuer = PROVIDER["ACADEMY_OIDC_AURORE_ISSUER"]
        number = visit.person.id
        db.session.add(SignOn(person_id=number, issuer=issuer, subject="a", linked_at=visit.now))
        db.session.commit()
    visit.open("/account", "#tied-title")


@place
def account_menu(visit: Visit) -> None:
    assert visit.person
    visit.open("/my-reports")  # nothing to press shows half under the open menu
    visit.page.locator(".account-button").click()
    visit.see(".account-menu")


@place
def notices_empty(visit: Visit) -> None:
    assert visit.person
    visit.open("/notices", ".empty")


@place
def notices_unread(visit: Visit) -> None:
    with visit.served.behind():
        factories.earn_passport(visit.person, visit.now)
        factories.do_round(visit.person, visit.now)
    visit.open("/notices", ".told-unread")
    visit.see(".bell-count")


@place
def notices_read(visit: Visit) -> None:
    notices_unread(visit)
    visit.send("/notices/read")
    visit.see(".told")


@place
def notice_preferences(visit: Visit) -> None:
    """Of somebody who manages people."""
    with visit.served.behind():
        managed = factories.make_person()
        people.post(managed, factories.make_site(), "sales", visit.now.date(), visit.person)
        db.session.commit()
    visit.open("/notices/preferences", "#digest")


@place
def stop_reminders(visit: Visit) -> None:
    with visit.served.behind():
        link = stopping.link(visit.person.id, What.REMINDER, visit.now)
    visit.open(f"/stop/{link.rpartition('/')[2]}", ".empty-page form")


@place
def reminders_stopped(visit: Visit) -> None:
    stop_reminders(visit)
    visit.send("/stop/")
    visit.see(".empty-page")


@place
def stop_forged(visit: Visit) -> None:
    visit.open("/stop/nothing", ".empty-page")


@place
def one_badge_won(visit: Visit) -> None:
    assert visit.regular
    visit.open("/badges/first-minute", ".evidence")


@place
def one_badge_to_come(visit: Visit) -> None:
    assert visit.person
    visit.open("/badges/round-the-world", "#far-title")
