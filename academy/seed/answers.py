"""What a form posts for a right answer, a wrong one, or an honest "I don't know"."""

from random import Random

from academy.catalog import sheets
from academy.catalog.tree import Choice, Cloze, Matching, Numeric, Ordering, Question, Short

HONEST = 0.3  # how often somebody who does not know says so


def fields_said(question: Question, seed: int, chance: float, dice: Random) -> dict[str, list[str]]:
    """What the person posts: a right answer with this chance, else a wrong one or "I don't know"."""
    if dice.random() >= chance:
        return (
            {"dont_know": ["1"]} if dice.random() < HONEST else wrong_fields(question, seed, dice)
        )
    return right_fields(question, seed)


def right_fields(question: Question, seed: int) -> dict[str, list[str]]:
    """The form fields of a right answer, in French: found on the sheet as the page shows it."""
    sheet = sheets.present(question, "fr", seed)
    match question.body:
        case Choice(options):
            right = [each.text_html.fr for each in options if each.grade == 100]  # noqa: PLR2004  # full marks
            return {"choice": [shown.token for shown in sheet.options if shown.text in right]}
        case Ordering(items):
            places = {item.text.fr: str(place) for place, item in enumerate(items, 1)}
            return {prompt.field: [places[prompt.text]] for prompt in sheet.prompts}
        case Matching(pairs):
            partner = {pair.left.fr: pair.right.fr for pair in pairs}
            return {
                prompt.field: [
                    next(
                        shown.token
                        for shown in prompt.choices
                        if shown.text == partner[prompt.text]
                    )
                ]
                for prompt in sheet.prompts
            }
        case Numeric(answer):
            return {"number": [f"{answer:g}".replace(".", ",")]}
        case Short(accept):
            return {"text": [accept["fr"][0]]}
        case Cloze(_text, blanks):
            right_words = {
                f"blank-{place}": blank.choices["fr"][0] for place, blank in enumerate(blanks)
            }
            return {
                prompt.field: [
                    next(
                        shown.token
                        for shown in prompt.choices
                        if shown.text == right_words[prompt.field]
                    )
                ]
                for prompt in sheet.prompts
            }


def wrong_fields(question: Question, seed: int, dice: Random) -> dict[str, list[str]]:
    """The form fields of an answer that is not right."""
    right = right_fields(question, seed)
    if isinstance(question.body, Choice):
        sheet = sheets.present(question, "fr", seed)
        others = [shown.token for shown in sheet.options if shown.token not in right["choice"]]
        return {"choice": [dice.choice(others)]} if others else {"dont_know": ["1"]}
    if isinstance(question.body, Numeric):
        return {
            "number": [f"{question.body.answer + question.body.tolerance + 1:g}".replace(".", ",")]
        }
    if isinstance(question.body, Short):
        return {"text": ["une idée au hasard"]}
    return _one_off(question, seed, right)


def _one_off(question: Question, seed: int, right: dict[str, list[str]]) -> dict[str, list[str]]:
    """The right answer, but for one blank, or for two that change places."""
    if isinstance(question.body, Cloze):
        prompt = sheets.present(question, "fr", seed).prompts[0]
        others = [shown.token for shown in prompt.choices if [shown.token] != right[prompt.field]]
        return right | {prompt.field: others[:1]}
    one, other, *_rest = right
    return right | {one: right[other], other: right[one]}
