"""What no solver can be asked."""


class Nonsense(ValueError):
    """The facts contradict themselves; the message says where, for whoever handed them over."""


def refuse_unless(sound: bool, reason: str) -> None:
    """Stop with a reason when facts are unsound."""
    if not sound:
        raise Nonsense(reason)


def refuse_twice(numbers: tuple[int, ...], who: str) -> None:
    """Nobody sits on two chairs."""
    refuse_unless(len(set(numbers)) == len(numbers), f"the same person is there twice among {who}")
