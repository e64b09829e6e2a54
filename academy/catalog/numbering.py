"""The numbers that stand for keys wherever keys would be too long. They never change. Pure."""

from collections.abc import Callable, Iterable, Iterator
from hashlib import blake2s


def tag(key: str) -> int:
    """The 32 bits that stand for a notion or a theme in what the engine keeps of each person.

    Two keys with one tag would share what is known of them: with 200 notions, in one catalogue of 200,000.
    Such a pack is refused.
    """
    return int.from_bytes(blake2s(key.encode(), digest_size=4).digest(), "little")


def question_tag(key: str) -> int:
    """The 16 bits that stand for a question within its notion; two of one notion with one tag are refused."""
    return int.from_bytes(blake2s(key.encode(), digest_size=2).digest(), "little")


def alike(keys: Iterable[str], tagged: Callable[[str], int]) -> Iterator[tuple[str, str]]:
    """Each key whose tag an earlier one has, after that one."""
    first: dict[int, str] = {}
    for key in keys:
        earlier = first.setdefault(tagged(key), key)
        if earlier != key:
            yield earlier, key
