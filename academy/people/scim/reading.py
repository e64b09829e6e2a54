"""What a directory's words say of a person: facts the academy can act on. Pure.

Raises InvalidValueException, with words for the operator of the directory.
"""

from collections.abc import Iterator, Sequence
from typing import Any
from unicodedata import normalize

from scim2_models import InvalidValueException

from academy.people.provisioning.facts import Facts
from academy.people.provisioning.models import LONGEST_SAID, LONGEST_WORD
from academy.people.scim.shape import Email, EnterpriseUser
from academy.post.mail import is_address
from academy.web.incoming import CONTROLS, one_line

LONGEST_PART = 80
LANGUAGES = ("fr", "en")
MOST_MEMBERS = 20_000


def facts(user: Any) -> Facts:
    """The facts in a SCIM user; said in such a way that it can be kept."""
    check(user)
    given, family = names(user)
    work = user[EnterpriseUser]
    return Facts(
        name_filed=filed(user.user_name),
        external_id=user.external_id,
        email=address(user),
        given_name=given,
        family_name=family,
        language=language(user.preferred_language),
        active=user.active,
        places=places(work),
        title=_word(user.title),
        manager=manager(work),
    )


def filed(user_name: str) -> str:
    """A user name as it is compared: capitals do not matter."""
    return normalize("NFC", normalize("NFC", user_name).lower())


def address(user: Any) -> str:
    """Where to write to the person."""
    chosen = the_address(user.emails or ())
    found = (chosen.value or "").strip().lower() if chosen else ""
    if not is_address(found) or len(found) > LONGEST_SAID:
        raise InvalidValueException(
            detail="emails: an e-mail address is needed, such as name@company.com."
        )
    return found


def the_address(emails: Sequence[Email]) -> Email | None:
    """Of several, the primary one, else that of work, else the first; the later said wins."""
    primary = [each for each in emails if each.primary]
    work = [each for each in emails if (each.type or "").lower() == "work"]
    chosen = primary or work or emails[:1]
    return chosen[-1] if chosen else None


def names(user: Any) -> tuple[str, str]:
    """Given name and family name; where they were not said, what the displayed name or user name says."""
    said = user.name
    given = one_line(said.given_name) if said else ""
    family = one_line(said.family_name) if said else ""
    if not (given and family):
        shown = one_line(user.display_name or (said.formatted if said else None))
        given, family = _completed(given, family, shown or user.user_name.partition("@")[0])
    return given[:LONGEST_PART], family[:LONGEST_PART]


def language(said: str | None) -> str:
    """The first of ours that the directory names, as in a browser; else French."""
    for each in (said or "").lower().replace("_", "-").split(","):
        if each.strip()[:2] in LANGUAGES:
            return each.strip()[:2]
    return LANGUAGES[0]


def places(work: EnterpriseUser | None) -> tuple[str, ...]:
    """What names the entity, the most precise first."""
    if work is None:
        return ()
    said = (_word(each) for each in (work.department, work.division, work.organization))
    return tuple(dict.fromkeys(each for each in said if each))


def manager(work: EnterpriseUser | None) -> str:
    """By what the directory names the manager."""
    if work is None or work.manager is None:
        return ""
    ref = str(work.manager.ref or "").rpartition("/")[2]
    return (work.manager.value or ref).strip()


def check(resource: Any) -> None:
    """Nothing that no page may show, and nothing longer than is kept."""
    for words in _words(resource.model_dump()):
        if CONTROLS.search(words) or any("\ud800" <= each <= "\udfff" for each in words):
            raise InvalidValueException(detail="A value holds characters that cannot be shown.")
        if len(words) > LONGEST_SAID:
            raise InvalidValueException(detail=f"A value is longer than {LONGEST_SAID} characters.")
    if len(getattr(resource, "members", None) or ()) > MOST_MEMBERS:
        raise InvalidValueException(detail=f"A group holds {MOST_MEMBERS} people at most.")


def _words(said: Any) -> Iterator[str]:
    if isinstance(said, str):
        yield said
    elif isinstance(said, dict | list):
        for each in said.values() if isinstance(said, dict) else said:
            yield from _words(each)


def _word(said: str | None) -> str:
    return one_line(said)[:LONGEST_WORD].rstrip()


def _completed(given: str, family: str, shown: str) -> tuple[str, str]:
    """A name in two parts out of what there is."""
    if given or family:
        return given or family, family if given else ""
    first, _space, rest = shown.partition(" ")
    return first, rest.strip()
