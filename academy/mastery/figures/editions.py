"""Which edition of a question an answer was given to. Pure.

Answers to another wording, other options or another key say nothing of the question as it stands now; a new
explanation changes nothing for who answers.
"""

from hashlib import blake2s

from academy.catalog.tree import Question


def edition(question: Question) -> str:
    """Twelve signs that change with what is asked and what is right, and with nothing else."""
    asked = repr((question.type, question.notion, question.ask_html, question.body))
    return blake2s(asked.encode(), digest_size=6).hexdigest()
