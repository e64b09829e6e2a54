"""Lessons kept for later, and problems reported: some wait, some are mended, one stays as it is."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import yaml

from academy.catalog import releases
from academy.learning.bookmarks import services as bookmarks
from academy.reports import queries, services
from academy.reports.kinds import About, Kind, Outcome, Trouble
from academy.reports.services import Told, Verdict

TOLD = Path(__file__).with_name("lessons.yaml")


def keep_and_report(who: Mapping[str, int], now: datetime) -> None:
    """What `lessons.yaml` tells, as far as the people and the content are there."""
    told = yaml.safe_load(TOLD.read_text(encoding="utf-8"))
    lessons = releases.current().lessons
    for each in told["kept"]:
        for days, key in enumerate(each["lessons"], 1):
            if each["by"] in who and key in lessons:
                bookmarks.keep(who[each["by"]], lessons[key], now - timedelta(days=days))
    for case in told["problems"]:
        about = About(Kind(case["kind"]), case["key"])
        if about.key in (lessons if about.kind is Kind.LESSON else releases.current().questions):
            _report(about, case, who, now)


def _report(about: About, case: dict[str, Any], who: Mapping[str, int], now: datetime) -> None:
    for one in case["reports"]:
        if one["by"] in who:
            told = Told(
                Trouble(one["trouble"]),
                one.get("words", ""),
                one.get("language", "fr"),
                releases.current().release,
            )
            services.tell(who[one["by"]], about, told, now - timedelta(days=one["days"]))
    answer = case.get("answer")
    if answer:
        reports, _count = queries.open_reports(about)
        verdict = Verdict(
            Outcome(answer["outcome"]), answer["note"], frozenset(each.ticket for each in reports)
        )
        services.decide(who["tom.verne"], about, verdict, now - timedelta(days=answer["days"]))
