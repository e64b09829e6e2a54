"""Forms are ours: every POST carries a token that belongs to its session."""

import hmac
from functools import cache

from flask import Request, g
from flask_wtf import CSRFProtect
from flask_wtf.csrf import CSRFError, same_origin
from itsdangerous import BadData

from academy import proxies
from academy.web.signing import Signed

FIELD = "csrf_token"
SALT = "wtf-csrf-token"
"""Flask-WTF's own."""
METHODS = frozenset({"POST", "PUT", "PATCH", "DELETE"})


class Forms(CSRFProtect):
    """Flask-WTF's check. The token just found right goes into the page drawn next."""

    def protect(self, apply_exemptions: bool = False) -> None:
        """What cannot even be read (a referrer that is no address) is refused like all that is not right."""
        try:
            self._protect(apply_exemptions)
        except ValueError as unreadable:
            raise CSRFError("The request cannot be read.") from unreadable

    def _protect(self, apply_exemptions: bool) -> None:
        """What is plainly right is let through at once; whatever else it is, Flask-WTF says."""
        asked = proxies.asked()
        token = asked.form.get(FIELD) if asked.method in METHODS else None
        if token and _is_right(token) and _is_from_here(asked):
            kept = proxies.kept()
            kept.csrf_valid, kept.csrf_token = True, token
            return
        super().protect(apply_exemptions)
        if g.get("csrf_valid"):
            g.csrf_token = self._get_csrf_token()


def _is_right(token: str) -> bool:
    """Signed here, and for the browser that sends it."""
    config = proxies.app().config
    try:
        said = _signed(config["SECRET_KEY"]).loads(token, config["WTF_CSRF_TIME_LIMIT"])
    except BadData:
        return False
    mine = proxies.browser().get(FIELD)
    known = isinstance(mine, str) and isinstance(said, str)
    return known and hmac.compare_digest(mine, said)


def _is_from_here(asked: Request) -> bool:
    """Over HTTPS, the page that sent the form says so."""
    return not asked.is_secure or bool(
        asked.referrer and same_origin(asked.referrer, f"https://{asked.host}/")
    )


@cache
def _signed(secret: str) -> Signed:
    return Signed(secret, salt=SALT)
