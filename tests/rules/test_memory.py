"""What a web server keeps is not gone through again and again."""

import gc

from academy import memory


def test_what_is_there_is_not_looked_through_again() -> None:
    memory.keep()
    try:
        assert len(gc.get_objects()) < 0.1 * gc.get_freeze_count()
    finally:
        gc.unfreeze()
