"""Signing in through a provider: who comes in, whose account it is, and what a stranger cannot do."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask import Flask
from joserfc import jwt
from joserfc.jwk import OctKey
from sqlalchemy import select

from academy.database import db
from academy.people import audit
from academy.people import services as people
from academy.people.accounts import queries as accounts
from academy.people.accounts import services as links
from academy.people.models import Person, Posting, Role
from academy.people.newcomers import services as newcomers
from academy.people.services import TRIES_PER_ADDRESS
from academy.people.signon import discovery, wire
from academy.people.signon import services as signon
from academy.people.signon.models import SignOn
from academy.providers import Provider, Reading
from tests import phones
from tests.conftest import MONDAY, Counting
from tests.factories import PASSWORD, TODAY, make_person, make_site
from tests.pages.conftest import Behind, forge
from tests.postbox import mails
from tests.provider import CLIENT, KEY, OTHER_KEY, SECRET, House, open_house, provider, signed
from tests.visitor import Page, Visitor

Rows = Callable[[], dict[str, int]]
Settle = Callable[..., Provider]


@pytest.fixture
def house() -> Iterator[House]:
    with open_house() as house:
        yield house


@pytest.fixture
def settle(app: Flask, house: House, monkeypatch: pytest.MonkeyPatch) -> Settle:
    """Puts the provider into the settings, as it is described."""

    def settled(*others: Provider, **more: Any) -> Provider:
        chosen = provider(house, **more)
        config = replace(app.config["SETTINGS"], providers=(chosen, *others))
        monkeypatch.setitem(app.config, "SETTINGS", config)
        monkeypatch.setitem(app.extensions, discovery.HELD, {})
        return chosen

    settled()
    return settled


@pytest.fixture
def grace(behind: Behind, house: House, settle: Settle) -> Person:
    """Somebody with an account, whom the provider knows too."""
    with behind():
        person = make_person()
    house.user = user(person)
    return person


def user(person: Person, subject: str = "subject-1", **more: Any) -> dict[str, Any]:
    return {"sub": subject, "email": person.email, "email_verified": True, **more}


def begin(visitor: Visitor, target: str = "") -> str:
    """Press the button: the provider's address."""
    answer = visitor.client.get(
        "/sign-in/with/house", query_string={"next": target}, headers=visitor.headers
    )
    assert answer.status_code == 302, answer.text[:500]
    return str(answer.location)


def sign_on(visitor: Visitor, house: House, status: int = 200, target: str = "") -> Page:
    return visitor.get(house.authorise(begin(visitor, target)), status)


def identities(behind: Behind) -> list[tuple[int, str]]:
    with behind():
        rows = db.session.execute(select(SignOn.person_id, SignOn.subject))
        return [(row.person_id, row.subject) for row in rows]


def asked_of(location: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(location).query).items()}


# -- coming in


def test_a_verified_address_opens_its_account_and_the_subject_is_remembered(
    visitor: Visitor, house: House, grace: Person, behind: Behind
) -> None:
    page = sign_on(visitor, house)

    assert (page.url, page.title) == ("/", "Hello Ada")
    assert identities(behind) == [(grace.id, "subject-1")]


def test_the_request_carries_state_nonce_and_a_challenge(visitor: Visitor, grace: Person) -> None:
    first, second = asked_of(begin(visitor)), asked_of(begin(visitor))

    assert first["code_challenge_method"] == "S256"
    assert first["response_type"] == "code"
    assert first["scope"].split()[0] == "openid"
    assert first["redirect_uri"] == "https://academy.example/sign-in/back/house"
    for name in ("state", "nonce", "code_challenge"):
        assert len(first[name]) >= 43
        assert first[name] != second[name]


def test_the_way_back_does_not_follow_a_forged_host(visitor: Visitor, grace: Person) -> None:
    answer = visitor.client.get("/sign-in/with/house", headers={"Host": "evil.example"})

    assert asked_of(answer.location)["redirect_uri"].startswith("https://academy.example/")


def test_capitals_in_the_providers_address_do_not_matter(
    visitor: Visitor, house: House, grace: Person
) -> None:
    house.user["email"] = f" {grace.email.upper()} "

    assert sign_on(visitor, house).title == "Hello Ada"


def test_later_the_subject_alone_opens_the_account(
    app: Flask, visitor: Visitor, house: House, grace: Person, behind: Behind
) -> None:
    sign_on(visitor, house)
    house.user = {"sub": "subject-1"}

    assert sign_on(Visitor(app), house).title == "Hello Ada"
    assert identities(behind) == [(grace.id, "subject-1")]


def test_an_address_changed_at_the_provider_takes_nobody_elses_account(
    app: Flask, visitor: Visitor, house: House, grace: Person, behind: Behind
) -> None:
    with behind():
        other = make_person()
    sign_on(visitor, house)
    house.user = user(other)

    visitor = Visitor(app)
    sign_on(visitor, house)

    assert grace.family_name in visitor.get("/account").text
    with behind():
        assert db.session.get_one(Person, grace.id).email == grace.email
    assert identities(behind) == [(grace.id, "subject-1")]


def test_an_address_given_to_a_newcomer_does_not_open_the_leavers_account(
    app: Flask, visitor: Visitor, house: House, grace: Person, rows: Rows
) -> None:
    sign_on(visitor, house)
    house.user = user(grace, "subject-2")
    before = rows()

    page = sign_on(Visitor(app), house, 403)

    assert page.title == "Another identity opens this account"
    assert rows() == before


def test_one_comes_back_to_where_one_was_going(
    visitor: Visitor, house: House, grace: Person
) -> None:
    assert sign_on(visitor, house, target="/passport?a=1").url == "/passport"


@pytest.mark.parametrize(
    "elsewhere",
    ["//evil.example", "https://evil.example", "/\\evil.example", "/\t/evil.example", "/" * 2000],
)
def test_no_address_elsewhere_is_followed(
    visitor: Visitor, house: House, grace: Person, elsewhere: str
) -> None:
    back = house.authorise(begin(visitor, elsewhere))

    answer = visitor.client.get(back)

    assert (answer.status_code, answer.location) == (302, "/")


def test_somebody_signed_in_is_not_sent_to_the_provider(
    visitor: Visitor, house: House, grace: Person
) -> None:
    sign_on(visitor, house)

    answer = visitor.client.get("/sign-in/with/house?next=/passport")

    assert answer.location == "/passport"


def test_two_tabs_may_sign_in_at_once(visitor: Visitor, house: House, grace: Person) -> None:
    first, second = begin(visitor, "/themes"), begin(visitor, "/passport")

    assert visitor.get(house.authorise(first)).url == "/themes"
    again = visitor.get(house.authorise(second))
    assert again.url == "/"


def test_signing_in_twice_at_once_links_once(
    app: Flask, house: House, grace: Person, behind: Behind
) -> None:
    visitors = [Visitor(app), Visitor(app)]
    backs = [house.authorise(begin(each)) for each in visitors]

    titles = [each.get(back).title for each, back in zip(visitors, backs, strict=True)]

    assert titles == ["Hello Ada", "Hello Ada"]
    assert identities(behind) == [(grace.id, "subject-1")]


def test_signing_out_everywhere_ends_such_a_session_too(
    app: Flask, visitor: Visitor, house: House, grace: Person
) -> None:
    sign_on(visitor, house)
    other = Visitor(app)
    sign_on(other, house)

    other.submit(other.get("/account"), "sign-out-everywhere")

    assert visitor.get("/").url == "/sign-in"


def test_what_the_id_token_leaves_out_is_asked_for(
    visitor: Visitor, house: House, grace: Person
) -> None:
    house.user, house.userinfo = {"sub": "subject-1"}, user(grace)

    assert sign_on(visitor, house).title == "Hello Ada"


def test_answers_about_somebody_else_are_refused(
    visitor: Visitor, house: House, grace: Person
) -> None:
    house.user, house.userinfo = {"sub": "subject-2"}, user(grace)

    assert "cannot be trusted" in sign_on(visitor, house, 502).title


# -- who does not come in


@pytest.mark.parametrize("verified", [False, "false", None, 0, "no", [True]])
def test_an_address_nobody_vouches_for_opens_nothing(
    visitor: Visitor, house: House, grace: Person, verified: object, rows: Rows
) -> None:
    house.user["email_verified"] = verified
    before = rows()

    page = sign_on(visitor, house, 403)

    assert page.title == "Aurore account does not vouch for your address"
    assert rows() == before
    assert visitor.get("/").url == "/sign-in"


@pytest.mark.parametrize("claims", [{}, {"email": ""}, {"email": 7}, {"email": ["a@b.example"]}])
def test_without_an_address_nobody_is_found(
    visitor: Visitor, house: House, grace: Person, claims: dict[str, Any]
) -> None:
    house.user = {"sub": "subject-1", "email_verified": True, **claims}

    assert "does not vouch" in sign_on(visitor, house, 403).title


def test_another_claim_may_vouch(
    visitor: Visitor, house: House, grace: Person, settle: Settle
) -> None:
    settle(verified_claim="xms_edov")
    assert "does not vouch" in sign_on(visitor, house, 403).title

    house.user["xms_edov"] = "1"

    assert sign_on(visitor, house).title == "Hello Ada"


def test_an_address_of_a_domain_it_does_not_speak_for_is_refused(
    visitor: Visitor, house: House, grace: Person, settle: Settle
) -> None:
    settle(domains=frozenset({"other.example"}))

    assert sign_on(visitor, house, 403).title == "That address belongs elsewhere"


def test_without_an_account_nobody_comes_in(
    visitor: Visitor, house: House, settle: Settle, rows: Rows
) -> None:
    house.user = {"sub": "s", "email": "new@aurore.example", "email_verified": True}
    before = rows()

    page = sign_on(visitor, house, 403)

    assert page.title == "You have no account here yet"
    assert rows() == before


@pytest.mark.parametrize("linked", [False, True])
def test_a_closed_account_stays_closed(
    app: Flask, visitor: Visitor, house: House, grace: Person, behind: Behind, linked: bool
) -> None:
    if linked:
        sign_on(visitor, house)
    with behind():
        db.session.get_one(Person, grace.id).active = False
        db.session.commit()

    assert sign_on(Visitor(app), house, 403).title == "This account is closed"


def test_saying_no_at_the_provider_changes_nothing(
    visitor: Visitor, house: House, grace: Person, rows: Rows
) -> None:
    state = asked_of(begin(visitor))["state"]
    before = rows()

    page = visitor.get(f"/sign-in/back/house?error=access_denied&state={state}", 403)

    assert page.title == "You did not sign in"
    assert rows() == before
    visitor.get(f"/sign-in/back/house?error=access_denied&state={state}", 400)


def test_a_provider_that_is_busy_is_said_to_be(visitor: Visitor, grace: Person) -> None:
    state = asked_of(begin(visitor))["state"]

    page = visitor.get(f"/sign-in/back/house?error=server_error&state={state}", 503)

    assert page.title == "Aurore account does not answer"


# -- hostile callbacks


@pytest.mark.parametrize(
    "query",
    [
        {},
        {"code": "stolen"},
        {"code": "stolen", "state": "forged"},
        {"code": "stolen", "state": ""},
        {"error": "access_denied", "state": "forged"},
        {"state": "\x00", "code": "\u202e"},
        {"state": "a" * 5000, "code": "b" * 5000},
    ],
)
def test_a_callback_that_began_nowhere_is_refused_and_nobody_is_asked(
    visitor: Visitor, house: House, grace: Person, query: dict[str, str], rows: Rows
) -> None:
    before = rows()

    page = visitor.get(f"/sign-in/back/house?{urlencode(query)}", 400)

    assert page.title == "This sign-in did not begin here"
    assert house.asked == []
    assert rows() == before


def test_a_callback_of_another_browser_is_refused(
    app: Flask, visitor: Visitor, house: House, grace: Person
) -> None:
    back = house.authorise(begin(visitor))

    assert Visitor(app).get(back, 400).title == "This sign-in did not begin here"
    assert "/token" not in house.asked


def test_a_callback_is_good_once(visitor: Visitor, house: House, grace: Person) -> None:
    back = house.authorise(begin(visitor))
    visitor.get(back)

    assert visitor.get(back).url == "/"  # who is in, stays in
    visitor.submit(visitor.get("/account"), "/sign-out")
    assert visitor.get(back, 400).title == "This sign-in did not begin here"


def test_a_code_replayed_with_an_old_cookie_is_refused(
    app: Flask, visitor: Visitor, house: House, grace: Person
) -> None:
    back = house.authorise(begin(visitor))
    cookie = visitor.client.get_cookie("session")
    assert cookie is not None
    visitor.get(back)

    thief = Visitor(app)
    thief.client.set_cookie("session", cookie.value)

    assert thief.get(back, 400).title == "That took too long"
    assert thief.get("/").url == "/sign-in"


def test_a_sign_in_is_good_for_ten_minutes(
    visitor: Visitor, house: House, grace: Person, now: Callable[[datetime], None]
) -> None:
    back = house.authorise(begin(visitor))
    now(MONDAY + timedelta(minutes=10))

    assert visitor.get(back, 400).title == "That took too long"


def test_an_answer_without_a_code_is_refused(visitor: Visitor, grace: Person) -> None:
    state = asked_of(begin(visitor))["state"]

    visitor.get(f"/sign-in/back/house?state={state}", 502)

    assert visitor.get("/").url == "/sign-in"


def test_an_answer_in_the_name_of_another_issuer_is_refused(
    visitor: Visitor, house: House, grace: Person
) -> None:
    visitor.get(house.authorise(begin(visitor), iss="https://evil.example"), 502)

    assert visitor.get(house.authorise(begin(visitor), iss=house.issuer)).title == "Hello Ada"


def test_an_answer_of_one_provider_is_not_taken_for_anothers(
    visitor: Visitor, house: House, grace: Person, settle: Settle
) -> None:
    settle(provider(house, key="other"))
    back = house.authorise(begin(visitor)).replace("/back/house", "/back/other")

    assert visitor.get(back, 400).title == "This sign-in did not begin here"


def test_a_provider_nobody_named_has_no_page(visitor: Visitor, settle: Settle) -> None:
    for path in ("/sign-in/with/nobody", "/sign-in/back/nobody", "/sign-out/nobody"):
        assert visitor.get(path, 404).title == "There is nothing at this address"


def test_trying_too_often_comes_to_an_end(
    visitor: Visitor, house: House, grace: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(signon, "TRIES_PER_ADDRESS", replace(TRIES_PER_ADDRESS, tries=2))
    sign_on(visitor, house)  # no failure
    visitor.client.delete_cookie("session")
    for _ in range(2):
        visitor.get("/sign-in/back/house?state=forged", 400)

    back = house.authorise(begin(visitor))

    assert visitor.get(back, 429).title == "A little patience"


# -- forged tokens


def without(name: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda claims: {key: value for key, value in claims.items() if key != name}


def saying(**more: Any) -> Callable[[dict[str, Any]], dict[str, Any]]:
    return lambda claims: {**claims, **more}


NOW = int(MONDAY.timestamp())
FORGERIES = {
    "another issuer": saying(iss="https://evil.example"),
    "another audience": saying(aud="another-client"),
    "no audience": without("aud"),
    "several audiences and no party": saying(aud=[CLIENT, "another"]),
    "another party": saying(azp="another-client"),
    "over": saying(exp=NOW - 121),
    "no end": without("exp"),
    "an end that is a word": saying(exp="tomorrow"),
    "of tomorrow": saying(iat=NOW + 600),
    "not before tomorrow": saying(nbf=NOW + 600),
    "another nonce": saying(nonce="another"),
    "no nonce": without("nonce"),
    "no subject": without("sub"),
    "an empty subject": saying(sub=""),
    "a subject that is a number": saying(sub=12),
    "an endless subject": saying(sub="s" * 256),
    "a subject with a NUL": saying(sub="s\x00"),
    "another access token": saying(at_hash="abcdefghijklmnopqrstuw"),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_a_token_that_does_not_hold_opens_nothing(
    visitor: Visitor, house: House, grace: Person, forgery: str, rows: Rows
) -> None:
    house.forge = FORGERIES[forgery]
    before = rows()

    page = sign_on(visitor, house, 502)

    assert page.title == "The answer of Aurore account cannot be trusted"
    assert rows() == before
    assert visitor.get("/").url == "/sign-in"


def unsigned(claims: dict[str, Any]) -> str:
    _head, body, _signature = signed(claims).split(".")
    return f"eyJhbGciOiJub25lIn0.{body}."


def signed_with_our_secret(claims: dict[str, Any]) -> str:
    key = OctKey.import_key(SECRET * 4)
    return jwt.encode({"alg": "HS256"}, claims, key, algorithms=["HS256"])


def signed_with_the_public_key(claims: dict[str, Any]) -> str:
    key = OctKey.import_key(KEY.as_pem(private=False).replace(b"-", b"_"))
    return jwt.encode({"alg": "HS256", "kid": "first"}, claims, key, algorithms=["HS256"])


def signed_by_somebody(claims: dict[str, Any]) -> str:
    return jwt.encode({"alg": "RS256", "kid": "first"}, claims, OTHER_KEY)


SIGNERS = {
    "nobody": unsigned,
    "who knows our secret": signed_with_our_secret,
    "who knows the public key": signed_with_the_public_key,
    "another key": signed_by_somebody,
    "a key nobody knows": lambda claims: signed(claims, OTHER_KEY),
    "no token at all": lambda _claims: "not.a.token",
    "an empty text": lambda _claims: "",
    "text": lambda _claims: "é" * 50,
    "an endless token": lambda claims: signed({**claims, "more": "x" * 150_000}),
}


@pytest.mark.parametrize("signer", SIGNERS)
def test_a_token_signed_by_anybody_else_opens_nothing(
    visitor: Visitor, house: House, grace: Person, signer: str, behind: Behind
) -> None:
    house.sign = SIGNERS[signer]

    sign_on(visitor, house, 502)

    assert identities(behind) == []


@pytest.mark.parametrize(
    "tokens", [without("id_token"), without("access_token"), saying(id_token=7), lambda _given: {}]
)
def test_an_answer_without_tokens_is_refused(
    visitor: Visitor, house: House, grace: Person, tokens: Any
) -> None:
    house.tokens = tokens

    sign_on(visitor, house, 502)

    assert visitor.get("/").url == "/sign-in"


@pytest.mark.parametrize("alg", ["RS512", "PS256"])
def test_other_private_signatures_are_good(
    visitor: Visitor, house: House, grace: Person, alg: str
) -> None:
    house.sign = lambda claims: signed(claims, alg=alg)

    assert sign_on(visitor, house).title == "Hello Ada"


def test_clocks_may_differ_by_two_minutes(visitor: Visitor, house: House, grace: Person) -> None:
    house.forge = saying(iat=NOW + 110, exp=NOW - 110)

    assert sign_on(visitor, house).title == "Hello Ada"


# -- the provider's own troubles


def test_what_is_known_of_a_provider_is_asked_once(
    app: Flask, visitor: Visitor, house: House, grace: Person
) -> None:
    sign_on(visitor, house)
    sign_on(Visitor(app), house)

    assert house.asked.count("/.well-known/openid-configuration") == 1
    assert house.asked.count("/keys") == 1


def test_new_keys_are_found_at_most_once_a_minute(
    app: Flask, visitor: Visitor, house: House, grace: Person, now: Callable[[datetime], None]
) -> None:
    sign_on(visitor, house)
    house.sign = lambda claims: signed(claims, OTHER_KEY)
    sign_on(Visitor(app), house, 502)
    assert house.asked.count("/keys") == 1
    house.keys = [KEY, OTHER_KEY]
    now(MONDAY + timedelta(minutes=2))

    assert sign_on(Visitor(app), house).title == "Hello Ada"
    assert house.asked.count("/keys") == 2


DISCOVERY = "/.well-known/openid-configuration"


def test_a_provider_that_is_down_is_said_to_be_and_left_alone(
    visitor: Visitor, house: House, grace: Person, now: Callable[[datetime], None]
) -> None:
    house.status[DISCOVERY] = 500
    for _ in range(3):
        page = visitor.get("/sign-in/with/house", 503)
    assert page.title == "Aurore account does not answer"
    assert house.asked.count(DISCOVERY) == 1

    house.status.clear()
    now(MONDAY + timedelta(seconds=31))

    assert sign_on(visitor, house).title == "Hello Ada"


def test_what_was_known_serves_while_discovery_is_down(
    app: Flask, visitor: Visitor, house: House, grace: Person, now: Callable[[datetime], None]
) -> None:
    sign_on(visitor, house)
    house.status.update({DISCOVERY: 503, "/keys": 503})
    now(MONDAY + timedelta(hours=2))

    assert sign_on(Visitor(app), house).title == "Hello Ada"
    now(MONDAY + timedelta(hours=25))
    Visitor(app).get("/sign-in/with/house", 503)


@pytest.mark.parametrize("path", ["/token", "/keys"])
@pytest.mark.parametrize("status", [500, 404, 302])
def test_a_provider_that_breaks_half_way_is_no_fault_of_ours(
    visitor: Visitor, house: House, grace: Person, path: str, status: int
) -> None:
    house.status[path] = status

    page = sign_on(visitor, house, 502 if (path, status) == ("/token", 404) else 503)

    assert "Aurore account" in page.title


@pytest.mark.parametrize("path", [DISCOVERY, "/token", "/keys"])
@pytest.mark.parametrize("said", [b"<html>", b"[]", b"7", b'"text"', b"{", b"\xff\xfe", b"null"])
def test_nonsense_is_no_fault_of_ours(
    visitor: Visitor, house: House, grace: Person, path: str, said: bytes
) -> None:
    house.raw[path] = said

    answer = visitor.client.get("/sign-in/with/house")
    if path != DISCOVERY:
        answer = visitor.client.get(house.authorise(answer.location))

    assert answer.status_code in {502, 503}


def test_an_endless_answer_is_not_read_to_its_end(
    visitor: Visitor, house: House, grace: Person
) -> None:
    house.raw[DISCOVERY] = b" " * (wire.LARGEST + 1)

    assert visitor.get("/sign-in/with/house", 503).url == "/sign-in/with/house"


def test_a_slow_answer_is_not_waited_for(
    visitor: Visitor, house: House, grace: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(wire, "WHOLE", 0.2)
    house.drip = 0.01

    assert visitor.get("/sign-in/with/house", 503).url == "/sign-in/with/house"


def test_a_house_without_a_door_does_not_answer(
    visitor: Visitor, house: House, settle: Settle
) -> None:
    settle(issuer="http://127.0.0.1:9")

    assert "does not answer" in visitor.get("/sign-in/with/house", 503).title


@pytest.mark.parametrize(
    "change",
    [
        saying(issuer="https://evil.example"),
        without("issuer"),
        without("token_endpoint"),
        saying(jwks_uri=7),
        saying(token_endpoint="http://evil.example/token"),
        saying(authorization_endpoint="javascript:alert(1)"),
        saying(end_session_endpoint="ftp://127.0.0.1/"),
    ],
)
def test_a_provider_that_says_it_is_another_is_not_believed(
    visitor: Visitor, house: House, grace: Person, change: Any
) -> None:
    house.metadata = change

    assert "cannot be trusted" in visitor.get("/sign-in/with/house", 502).title


def test_keys_that_sign_nothing_are_no_keys(visitor: Visitor, house: House, grace: Person) -> None:
    house.raw["/keys"] = b'{"keys": [{"kty": "new"}, 7, {"kty": "RSA", "use": "enc"}]}'

    sign_on(visitor, house, 502)

    assert visitor.get("/").url == "/sign-in"


def test_the_log_says_what_went_wrong_and_nothing_of_who(
    visitor: Visitor, house: House, grace: Person, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO):
        house.user["email_verified"] = False
        sign_on(visitor, house, 403)
        back = house.authorise(begin(visitor))
        house.codes.clear()
        visitor.get(back, 400)
        state = asked_of(begin(visitor))["state"]
        visitor.get(
            f"/sign-in/back/house?error=Ada+Number&error_description={grace.email}&state={state}",
            403,
        )

    assert "unverified" in caplog.text
    for secret in (grace.email, grace.family_name, "subject-1", "Ada", SECRET, state):
        assert secret not in caplog.text


# -- opening accounts


@pytest.fixture
def newcomer(house: House) -> dict[str, Any]:
    house.user = {
        "sub": "new",
        "email": "Lea.Roux@aurore.example",
        "email_verified": True,
        "given_name": "Léa",
        "family_name": "Roux",
        "locale": "en-GB",
        "department": "papers",
    }
    return house.user


def posted(behind: Behind, email: str = "lea.roux@aurore.example") -> tuple[str, str, str]:
    with behind():
        number = accounts.anybody_at(email)
        assert number is not None
        profile = accounts.profile(number, TODAY)
        assert profile is not None
        return profile.name, profile.places[0].name, profile.job_family


def test_an_account_is_opened_by_rule(
    app: Flask,
    visitor: Visitor,
    house: House,
    settle: Settle,
    behind: Behind,
    newcomer: dict[str, Any],
) -> None:
    with behind():
        team = make_site().key
    settle(entity=Reading("department", {"papers": team}), job=Reading(otherwise="sales"))

    page = sign_on(visitor, house)

    assert page.title == "Hello Léa"
    assert posted(behind) == ("Léa Roux", "Cahiers", "sales")
    assert mails(app) == []
    with behind():
        (entry,) = audit.entries(audit.Wanted())[0]
        assert (entry.act, entry.actor_id, entry.details) == (
            audit.Act.ACCOUNT_OPENED,
            None,
            {"entity": "Cahiers"},
        )


def test_two_tabs_open_one_account(
    app: Flask, house: House, settle: Settle, behind: Behind, newcomer: dict[str, Any]
) -> None:
    with behind():
        team = make_site().key
    settle(entity=Reading(otherwise=team))
    visitors = [Visitor(app), Visitor(app)]
    backs = [house.authorise(begin(each)) for each in visitors]

    for each, back in zip(visitors, backs, strict=True):
        assert each.get(back).title == "Hello Léa"

    with behind():
        assert len(db.session.scalars(select(Posting)).all()) == 1
    assert len(identities(behind)) == 1


def test_an_unknown_department_falls_back_on_the_settings(
    visitor: Visitor, house: House, settle: Settle, behind: Behind, newcomer: dict[str, Any]
) -> None:
    with behind():
        team = make_site().key
    newcomer["department"] = ["nowhere", "nothing"]
    settle(entity=Reading("department", {}, team), job=Reading("department", {"a": "b"}))

    sign_on(visitor, house)

    assert posted(behind)[1:] == ("Cahiers", "")


@pytest.mark.parametrize(
    ("change", "title"),
    [
        ({"department": "nowhere"}, "Aurore account does not say where you work"),
        ({"given_name": "", "name": "Léa"}, "Aurore account does not say what you are called"),
        ({"email_verified": False}, "Aurore account does not vouch for your address"),
        ({"email": "a b@aurore.example"}, "Aurore account does not vouch for your address"),
        ({"email": "lea\x00@aurore.example"}, "Aurore account does not vouch for your address"),
        ({"email": "lea@evil.example"}, "That address belongs elsewhere"),
        ({"email": "lea@aurore.example.evil.example"}, "That address belongs elsewhere"),
    ],
)
def test_without_what_the_rule_needs_no_account_is_opened(
    visitor: Visitor,
    house: House,
    settle: Settle,
    newcomer: dict[str, Any],
    change: dict[str, Any],
    title: str,
    rows: Rows,
) -> None:
    settle(entity=Reading("department"))
    newcomer.update(change)
    before = rows()

    assert sign_on(visitor, house, 403).title == title
    assert rows() == before


def test_an_entity_that_is_closed_takes_nobody(
    visitor: Visitor, house: House, settle: Settle, behind: Behind, newcomer: dict[str, Any]
) -> None:
    with behind():
        team = make_site()
        key, team.closed_on = team.key, TODAY
        db.session.commit()
    settle(entity=Reading(otherwise=key))

    assert "where you work" in sign_on(visitor, house, 403).title


def test_odd_names_are_cut_to_what_can_be_kept(
    visitor: Visitor, house: House, settle: Settle, behind: Behind, newcomer: dict[str, Any]
) -> None:
    with behind():
        settle(entity=Reading(otherwise=make_site().key))
    newcomer.update(given_name="L\x00é\u202ea\n" * 40, family_name="<b>Roux</b>", locale=3)

    sign_on(visitor, house)

    name, _place, _job = posted(behind)
    assert name.startswith("Léa Léa")
    assert len(name) <= 161


# -- passwords switched off


@pytest.fixture
def only(settle: Settle, grace: Person, behind: Behind) -> Person:
    """Somebody with a password, where passwords are switched off."""
    settle(passwords=False)
    with behind():
        return make_person(password=PASSWORD)


INSTEAD = ["At this address one signs in with Aurore account."]


def test_a_password_of_these_domains_opens_nothing(
    visitor: Visitor, house: House, only: Person
) -> None:
    right = visitor.sign_in(only.email, PASSWORD, 401)
    wrong = visitor.sign_in(only.email, "not this one", 401)
    unknown = visitor.sign_in("nobody@aurore.example", "not this one", 401)
    elsewhere = visitor.sign_in("nobody@other.example", "not this one", 401)

    assert right.all(".field-error") == wrong.all(".field-error") == INSTEAD
    assert unknown.all(".field-error") == INSTEAD
    assert elsewhere.all(".field-error") != INSTEAD
    assert visitor.get("/").url == "/sign-in"


def test_who_comes_through_a_provider_is_asked_no_code_here(
    app: Flask,
    visitor: Visitor,
    house: House,
    only: Person,
    behind: Behind,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Whatever the company asks of passwords, and whatever was set up before they were switched off."""
    asked = replace(app.config["SETTINGS"], second_factor="everyone")
    monkeypatch.setitem(app.config, "SETTINGS", asked)
    house.user = user(only)

    assert sign_on(visitor, house).title == "Hello Ada"
    page = visitor.get("/account/second-factor")
    assert "which looks after your second factor" in page.text
    assert page.html.select("main form") == []
    with behind():
        phones.give(db.session.get_one(Person, only.id))
    assert sign_on(Visitor(app), house).title == "Hello Ada"


def test_an_administrator_keeps_their_password(
    visitor: Visitor, only: Person, behind: Behind
) -> None:
    with behind():
        admin = make_person(Role.ADMIN, password=PASSWORD)

    assert visitor.sign_in(admin.email, PASSWORD).title == "Hello Ada"
    assert visitor.get("/account").link("Change my password") == "/account/password"


def test_an_administrator_of_a_part_does_not(
    visitor: Visitor, only: Person, behind: Behind
) -> None:
    with behind():
        admin = make_person(password=PASSWORD)
        people.grant(admin, [Role.ADMIN], date(2026, 1, 5), make_site())
        db.session.commit()

    assert visitor.sign_in(admin.email, PASSWORD, 401).all(".field-error") == INSTEAD


def test_no_link_to_a_password_is_sent_nor_kept(
    app: Flask, visitor: Visitor, only: Person, behind: Behind
) -> None:
    visitor.submit(visitor.get("/forgot"), "/forgot", {"email": only.email})
    assert mails(app) == []

    reader = visitor.as_person(only)
    assert "Change my password" not in reader.get("/account").text
    assert reader.get("/account/password").all(".toast") == INSTEAD
    assert forge(reader, "/account/password/link", {}, 200).all(".toast") == INSTEAD
    assert mails(app) == []


def test_a_link_sent_before_leads_to_the_provider(
    visitor: Visitor, only: Person, behind: Behind
) -> None:
    with behind():
        keys = accounts.keys_of(only.id)
        assert keys is not None
        token = links.reset_token(keys, MONDAY)

    page = visitor.get(f"/reset/{token}")

    assert (page.url, page.all(".toast")) == ("/sign-in", INSTEAD)


def test_an_administrator_sends_no_link_to_a_password(
    app: Flask, visitor: Visitor, only: Person, behind: Behind
) -> None:
    with behind():
        admin = make_person(Role.ADMIN)

    page = forge(visitor.as_person(admin), f"/people/{only.id}/link", {}, 409)

    assert INSTEAD[0] in page.text
    assert mails(app) == []


def test_an_invitation_leads_to_the_provider(app: Flask, only: Person, behind: Behind) -> None:
    with behind():
        person = make_person()
        newcomers.invite(person, "once", MONDAY)
        db.session.commit()

    (mail,) = mails(app)

    assert "Continue with Aurore account" in mail.text
    assert "https://academy.example/sign-in\n" in mail.text
    assert "/reset/" not in mail.text + mail.html


# -- the pages


def test_the_sign_in_page_has_a_button_for_each_provider(
    visitor: Visitor, house: House, settle: Settle
) -> None:
    settle(provider(house, key="other", label_en="<b>Other</b>"))

    page = visitor.get("/sign-in?next=/passport")

    assert page.link("Continue with Aurore account") == "/sign-in/with/house?next=/passport"
    assert page.link("Continue with <b>Other</b>").startswith("/sign-in/with/other")
    assert page.html.select(".form input[name=password]")


def test_the_button_speaks_french(app: Flask, settle: Settle) -> None:
    page = Visitor(app, "fr").get("/sign-in")

    assert page.link("Continuer avec Compte Aurore")


def test_where_passwords_are_off_their_form_is_folded(visitor: Visitor, settle: Settle) -> None:
    settle(passwords=False)

    page = visitor.get("/sign-in")

    assert page.all("details.with-password summary") == ["Sign in with a password"]
    assert not page.html.select("details[open]")


def test_signing_out_offers_to_sign_out_there_too(
    visitor: Visitor, house: House, grace: Person
) -> None:
    sign_on(visitor, house)

    page = visitor.submit(visitor.get("/"), "/sign-out")

    path = page.link("Sign out of Aurore account")
    answer = visitor.client.get(path)
    assert answer.location.startswith(f"{house.issuer}/leave?")
    assert asked_of(answer.location) == {
        "client_id": CLIENT,
        "post_logout_redirect_uri": "https://academy.example/sign-in",
    }
    assert visitor.get("/").url == "/sign-in"


def test_where_the_provider_has_no_such_page_nothing_is_offered(
    visitor: Visitor, house: House, grace: Person
) -> None:
    house.metadata = without("end_session_endpoint")
    sign_on(visitor, house)

    page = visitor.submit(visitor.get("/"), "/sign-out")

    assert "Sign out of" not in page.text
    assert "close your browser" in visitor.get("/sign-out/house").all(".toast")[0]


def test_signing_out_there_while_it_is_down_is_told(
    visitor: Visitor, house: House, settle: Settle
) -> None:
    house.status[DISCOVERY] = 500

    assert "does not answer" in visitor.get("/sign-out/house", 503).title


def test_a_password_leaves_nothing_behind(visitor: Visitor, behind: Behind, settle: Settle) -> None:
    with behind():
        person = make_person(password=PASSWORD)
    visitor.sign_in(person.email, PASSWORD)

    page = visitor.submit(visitor.get("/"), "/sign-out")

    assert "Sign out of" not in page.text


def test_my_account_shows_the_identity_and_keeps_the_only_way_in(
    visitor: Visitor, house: House, grace: Person, behind: Behind
) -> None:
    sign_on(visitor, house)
    page = visitor.get("/account")
    assert "Aurore account" in page.all(".line")[0]
    assert page.html.select("form[action*=unlink]") == []
    with behind():
        number = db.session.scalars(select(SignOn.id)).one()

    refused = forge(visitor, f"/account/identities/{number}/unlink", {}, 200)

    assert refused.all(".toast") == ["It is your only way in: nothing was changed."]
    assert len(identities(behind)) == 1


def test_who_has_a_password_may_untie_twice_and_tie_again(
    app: Flask, visitor: Visitor, house: House, settle: Settle, behind: Behind
) -> None:
    with behind():
        person = make_person(password=PASSWORD)
    house.user = user(person)
    sign_on(visitor, house)
    page = visitor.get("/account")

    for _ in range(2):
        told = visitor.submit(page, "unlink")
        assert told.all(".toast") == ["This identity no longer opens your account."]

    assert identities(behind) == []
    assert visitor.get("/account").html.select("form[action*=unlink]") == []
    assert sign_on(Visitor(app), house).title == "Hello Ada"


def test_nobody_unties_anybody_elses_identity(
    app: Flask, visitor: Visitor, house: House, grace: Person, behind: Behind
) -> None:
    sign_on(visitor, house)
    with behind():
        number = db.session.scalars(select(SignOn.id)).one()
        other = make_person(password=PASSWORD)

    forge(Visitor(app).as_person(other), f"/account/identities/{number}/unlink", {}, 200)

    assert len(identities(behind)) == 1


# -- what it costs


def test_what_a_sign_in_costs(
    app: Flask, visitor: Visitor, house: House, grace: Person, count_statements: Counting
) -> None:
    def cost(path: str) -> int:
        with count_statements() as statements:
            visitor.client.get(path)
        return len(statements)

    assert cost("/sign-in") == 1  # the personas of the demonstration
    assert cost("/sign-in/with/house") == 0
    first = house.authorise(begin(visitor))
    assert cost(first) == 6  # the try, whose, whose address, the link, no failure, the session
    visitor.client.delete_cookie("session")
    later = house.authorise(begin(visitor))
    assert cost(later) == 4
    assert cost("/account") == 6
    visitor.client.delete_cookie("session")
    assert cost("/sign-in/back/house?state=forged") == 1
