"""What the text of a lesson or of a transcript may hold."""

import re
from typing import Final

from academy.catalog.draft import Draft
from academy.catalog.tags import ADMONITIONS

_CODE: Final = re.compile(r"(`+).+?\1|\\.")
_HTML: Final = re.compile(r"</?[a-zA-Z][\w-]*(?:\s[^<>]*)?/?>|<!--")
_IMAGE: Final = re.compile(r"!\[")
_ADMONITION: Final = re.compile(r"!!!\s*(\S*)(.*)")


def inspect(draft: Draft, path: str, body: str, first: int) -> None:
    """Notes what it may not hold: HTML, images, top headings, unknown admonitions."""
    for number, row in enumerate(body.split("\n"), first):
        for problem, remedy in _faults(_CODE.sub("", row)):
            draft.findings.note(path, number, problem, remedy)


def _faults(row: str) -> list[tuple[str, str]]:
    faults = []
    if _HTML.search(row):
        faults.append(("HTML is not allowed in a lesson", "Write it in Markdown"))
    if _IMAGE.search(row):
        faults.append(("Images are not allowed in the text", "Use the lesson's `picture`"))
    if row.startswith("# "):
        faults.append(("The heading is too high", "Start headings at `##`"))
    box = _ADMONITION.match(row)
    if box and (box[1] not in ADMONITIONS or not box[2].strip()):
        known = ", ".join(sorted(ADMONITIONS))
        faults.append(
            (
                "This admonition has no known kind or no title",
                f"Write one of {known}, then a title in quotes",
            )
        )
    return faults
