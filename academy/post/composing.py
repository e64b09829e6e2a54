"""The words of a mail: two templates, rendered when the mail is put, in its reader's language.

A feature keeps them in `templates/mail/<name>.txt` and `<name>.html`. The first line of the text is the
subject. Moments are said with `{{ at|moment(zone) }}`: the reader's zone is not that of the page.
"""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _


@dataclass(frozen=True, slots=True)
class Composed:
    """A mail in one language."""

    language: str
    subject: str
    text: str
    html: str


def compose(template: str, language: str, **context: object) -> Composed:
    """Render `mail/<template>` in this language, with the academy's names and `address` (see below)."""
    with force_locale(language):
        known = {
            "academy_name": _("Academy"),
            "company": current_app.config["SETTINGS"].company,
            "language": language,
            "address": address,
            **context,
        }
        subject, _line, text = _rendered(f"mail/{template}.txt", known).strip().partition("\n")
        html = _rendered(f"mail/{template}.html", {**known, "subject": subject.strip()})
    return Composed(language, subject.strip(), _tidy(text), html.strip() + "\n")


def address(endpoint: str, **values: object) -> str:
    """Where a link in a mail leads: the public address of a page, with or without a request."""
    public = urlsplit(current_app.config["SETTINGS"].public_url)
    return current_app.url_map.bind(
        public.netloc, script_name=public.path or "/", url_scheme=public.scheme
    ).build(endpoint, values, force_external=True)


def _rendered(name: str, context: dict[str, object]) -> str:
    """Without the context of pages: a mail knows no request and nobody signed in."""
    return current_app.jinja_env.get_template(name).render(context)


def _tidy(text: str) -> str:
    """One empty line between paragraphs, none at the ends."""
    lines = "\n".join(line.rstrip() for line in text.strip().splitlines())
    return re.sub(r"\n{3,}", "\n\n", lines) + "\n"
