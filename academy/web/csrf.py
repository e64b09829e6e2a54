"""Forms are ours: every POST carries a token that belongs to its session."""

from flask import g
from flask_wtf import CSRFProtect


class Forms(CSRFProtect):
    """Flask-WTF's check. The token just found right goes into the page drawn next."""

    def protect(self, apply_exemptions: bool = False) -> None:
        super().protect(apply_exemptions)
        if g.get("csrf_valid"):
            g.csrf_token = self._get_csrf_token()
