"""What is posted from a page that asks one question alone."""

from academy import proxies
from academy.learning.alone import Posted
from academy.web.words import language


def posted(slot: int) -> Posted:
    """What the form of this slot says."""
    said = proxies.asked().form
    fields = dict(said.lists())
    return Posted(slot, said.get("release", ""), language(), fields, said.get("question", ""))
