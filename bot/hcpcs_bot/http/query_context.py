"""What every interface of the query service answers from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import NamedTuple

from hcpcs.answers.desk import Desk


class QueryContext(NamedTuple):
    """The desk in use, called once per request so that an answer is of one release, and today's day."""

    desk: Callable[[], Desk]
    today: Callable[[], date] = date.today
