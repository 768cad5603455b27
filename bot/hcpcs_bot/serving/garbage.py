"""The garbage collector while the server runs: its full collections would stop every thread.

A catalog of ten releases is a million objects, which a full collection examines one by one: a quarter of a second in
which nobody is answered. They contain no cycles, so that a catalog is freed as soon as nobody uses it.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from threading import RLock
from typing import Final

_NEVER: Final = 1_000_000_000
"""A threshold for the oldest generation that is never reached."""
_adding = RLock()


@contextmanager
def starting() -> Iterator[None]:
    """Examines nothing that is made in the block: modules and a catalog, which stay. It saves a seventh of a start."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


@contextmanager
def adding_much() -> Iterator[None]:
    """Examines what is made in the block, and in other threads meanwhile, while it is young, and never again."""
    with _adding:
        first, second, third = gc.get_threshold()
        gc.set_threshold(first, second, _NEVER)
        try:
            yield
        finally:
            gc.freeze()
            gc.set_threshold(first, second, third)
