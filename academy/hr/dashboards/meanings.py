"""What each figure means, in the words of the pages and of the files that are made of them."""

from flask_babel import lazy_gettext as _

from academy.hr.dashboards.fairness import LARGE
from academy.hr.knowledge.models import LEAST
from academy.hr.rollup.spans import CAME, FEWEST, VISAS
from academy.hr.rollup.spans import PASSPORT as PASSPORT_IN

Meanings = tuple[tuple[str, str], ...]

SHORT = {
    "passport": _("Passport"),
    "begun": _("Have begun"),
    "month": _("Came this month"),
    "week": _("Came this week"),
    "gifts": _("Have ordered a gift"),
}
"""What is told of an entity in short."""
SEASON = {
    CAME: _("Came in this season"),
    VISAS: _("Earned a visa in this season"),
    PASSPORT_IN: _("Earned the passport in this season"),
}

UNTOLD = (
    _("not told"),
    _("Fewer than five people, or a group that would give one of fewer than five away."),
)
ROUNDED = (
    _("0 %"),
    _(
        "Nobody, or up to four people: every count of people who did something is rounded to a "
        "multiple of five."
    ),
)
PASSPORT: Meanings = (
    (
        _("Passport"),
        _(
            "People who work here today and hold the digital passport, of all who work here and "
            "have an account."
        ),
    ),
    (_("Have begun"), _("People who ever did a lesson, a quiz, a minute or the voyage.")),
    (_("Came this month"), _("People who did so on that day or one of the 29 before.")),
    (_("Came this week"), _("People who did so since Monday of that week.")),
    (_("Visas"), _("People who work here and hold the visa of that theme or track.")),
    ROUNDED,
    UNTOLD,
)
BY_WAVE: Meanings = (
    (
        _("By wave"),
        _(
            "The wave by which people came in, wherever they work today; waves opened later have had "
            "less time. Who came before the waves and who is in none yet are one group, as who "
            "had come is nobody’s business; it is not compared with waves."
        ),
    ),
)
ADOPTION: Meanings = (
    (
        _("To come here"),
        _(
            "To do something that counts: a lesson, a check, a quiz, a minute, the voyage, a "
            "meeting of a pair, help in the community. Opening a page is not counted."
        ),
    ),
    (_("In a month"), _("People who came on that day or one of the 29 before.")),
    (_("In a week"), _("People who came since Monday of that week.")),
    (
        _("On an ordinary day"),
        _(
            "The mean over the working days, Monday to Friday, of the seven days up to that one. "
            "Told for the last two months."
        ),
    ),
    (_("Stickiness"), _("People of an ordinary day, of a hundred who came in the month.")),
    (_("Minutes"), _("Daily rounds of questions done on the working days of those seven.")),
    (
        _("Median time of a minute"),
        _(
            "From the first question shown to the last answer: half of the minutes of those working "
            "days took so long, or less. Minutes are counted in nine steps of time, each count "
            "rounded; nobody’s time is kept. Told from %(fewest)s minutes on, once a day is over.",
            fewest=FEWEST,
        ),
    ),
    (_("Back"), _("Came this week, and not in the week before, though they had begun earlier.")),
    (
        _("Lost by then"),
        _(
            "Began once, and have not come for 30 days. A holiday counts; so does a sick leave: "
            "never a reason to ask anybody."
        ),
    ),
    (
        _("Who stays"),
        _(
            "Of the people who work here now, those whose first day fell in that month. Who has "
            "left the entity is in neither figure."
        ),
    ),
    (
        _("Season by season"),
        _(
            "Of the people who worked here on the last day counted of a season: who came in it, who "
            "earned a visa in it and still held it then, who earned the passport. Seasons that begin "
            "on one day are one."
        ),
    ),
    (_("month 0, month 1 …"), _("The month in which they began, the one after it, and so on.")),
)
EQUITY: Meanings = (
    (
        _("points apart"),
        _("The share of the group reached best, less that of the group reached least."),
    ),
    (
        _("between … and …"),
        _(
            "Where the difference would lie 95 times in 100, had the same people decided anew; "
            "wider when many groups are compared, as some are always first and last (Newcombe’s "
            "interval, for all pairs at once), and wider for the rounding of the figures."
        ),
    ),
    (
        _("more than chance"),
        _("The whole of that range is above nought. It says that there is a difference, not why."),
    ),
    (_("Have ordered a gift"), _("Ever, whatever became of the order.")),
    (
        _("not compared"),
        _(
            "Groups of fewer than %(large)s people: the range would say nothing. Teams are not "
            "told apart at all.",
            large=LARGE,
        ),
    ),
)
KNOWLEDGE: Meanings = (
    (
        _("Have met it"),
        _(
            "People who work here and were asked about it at least once, of all who work here. Of "
            "a theme: the mean over its notions."
        ),
    ),
    (
        _("Of those, know it"),
        _(
            "Were right the last time, and would be right today three times in four or more, as "
            "far as the academy can tell from the answers and the time since."
        ),
    ),
    (
        _("between … and …"),
        _(
            "Where the share of everybody would lie 95 times in 100, had all been asked (Wilson’s "
            "interval, widened for the rounding)."
        ),
    ),
    (_("not told"), _("Fewer than %(least)s people have met it.", least=LEAST)),
)
