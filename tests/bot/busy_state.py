"""Work on a state that many use at once, on a machine that may be busy."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

from hcpcs_bot.state.database import StateBusyError

ATTEMPTS = 30
_Result = TypeVar("_Result")


def until_free(work: Callable[[], _Result]) -> _Result:
    """What ``work`` returns, tried again while the state is busy: nothing was changed then."""
    for _ in range(ATTEMPTS):
        try:
            return work()
        except StateBusyError:
            continue
    raise AssertionError(f"the state was busy {ATTEMPTS} times")
