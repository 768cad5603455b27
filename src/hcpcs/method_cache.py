"""Caches of methods that don't keep their objects.

``lru_cache(maxsize)(self._look_up)`` makes a cycle of an object and its cache. Only the garbage collector's full
collection frees such a cycle, and with the catalog of ten releases in memory that stops every thread for a quarter of a
second.
"""

from __future__ import annotations

import weakref
from collections.abc import Callable
from functools import lru_cache
from typing import ParamSpec, TypeVar

_Arguments = ParamSpec("_Arguments")
_Result = TypeVar("_Result")


def cached_method(method: Callable[_Arguments, _Result], maxsize: int) -> Callable[_Arguments, _Result]:
    """The bound ``method`` with a cache of its last ``maxsize`` results; the arguments must be hashable."""
    weak = weakref.WeakMethod(method)

    @lru_cache(maxsize=maxsize)
    def call(*arguments: _Arguments.args, **named: _Arguments.kwargs) -> _Result:
        bound = weak()
        assert bound is not None, "a cached method was called without its object"
        return bound(*arguments, **named)

    return call  # type: ignore[return-value]
