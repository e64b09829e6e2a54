"""How a process keeps memory: what was large goes back to the system as soon as it is let go.

The C library learns from the first large block that is freed, and keeps such blocks from then on, in each
thread that ever had one: 19 MB of a password being hashed, 76 MB in a process of four threads.
"""

import ctypes
import gc
from contextlib import suppress
from typing import Final

LARGE: Final = 256 * 1024
_MMAP_THRESHOLD: Final = -3
"""M_MMAP_THRESHOLD of mallopt(3)."""


def give_back() -> None:
    """From now on, and what is free already. Elsewhere than with glibc nothing happens."""
    gc.collect()
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, LARGE)
    trim()


def trim() -> None:
    """What is free now, of all threads: after a large deed of a process that lives on."""
    with suppress(OSError, AttributeError):
        ctypes.CDLL(None).malloc_trim(0)


def keep() -> None:
    """What is there now stays to the end: whenever rubbish is looked for, it is not looked through again.

    Else a page that makes much, as those of figures do, waits 0.16 s every few times while 250,000 objects of
    the content are looked at; and what processes share would be written to.
    """
    gc.freeze()
