"""Logging for every face: one line an event, in JSON or for a terminal, and never a word that a user wrote.

Our own code logs names and numbers only, straight to the stream. Libraries are not trusted to: slack_sdk logs whole
payloads at DEBUG, and an exception's text may quote its input. Of a foreign record only its origin, level and
exception type are kept.
"""

from __future__ import annotations

import logging
import sys
from typing import Final, TextIO

import orjson
import structlog

_SAYS_NOTHING_OF_USERS: Final = frozenset({"uvicorn.error"})
"""Loggers whose messages at INFO tell of addresses and life cycle only, and are worth reading."""


class LineLogger:
    """Writes finished lines, to what standard error is at the time where no stream is named."""

    def __init__(self, name: str, stream: TextIO | None) -> None:
        self.name = name
        self._stream = stream

    def msg(self, line: str) -> None:
        """Writes one line."""
        (self._stream or sys.stderr).write(f"{line}\n")

    debug = info = warning = error = critical = msg


class DiscreetHandler(logging.Handler):
    """Takes the records of libraries, empties them of what users wrote, and hands them to our own logger."""

    def emit(self, record: logging.LogRecord) -> None:
        """Logs where a record came from."""
        event, told = without_user_text(record)
        structlog.get_logger(record.name).log(record.levelno, event, **told)


def without_user_text(record: logging.LogRecord) -> tuple[str, dict[str, str]]:
    """What may be logged of a library's record: its own words where they are known to be harmless, else its place."""
    if record.name in _SAYS_NOTHING_OF_USERS and record.levelno == logging.INFO and not record.exc_info:
        return record.getMessage(), {}
    told = {"where": f"{record.module}.{record.funcName}:{record.lineno}"}
    error = record.exc_info[0] if isinstance(record.exc_info, tuple) else None
    if error is not None:
        told["error"] = error.__name__
    return "a library spoke", told


def configure(level: str = "INFO", *, stream: TextIO | None = None, as_json: bool | None = None) -> None:
    """Sets up logging for the whole process.

    ``level`` is the least level written; ``as_json`` is for machines (the default off a terminal).
    Raises ``ValueError`` for a level that is none.
    """
    number = logging.getLevelNamesMapping().get(level.upper())
    if number is None:
        raise ValueError(f"there is no log level {level!r}: use DEBUG, INFO, WARNING or ERROR")
    out = sys.stderr if stream is None else stream
    machine = not out.isatty() if as_json is None else as_json
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(serializer=lambda event, **_: orjson.dumps(event, default=str).decode())
        if machine
        else structlog.dev.ConsoleRenderer(colors=out.isatty())
    )
    structlog.configure(
        processors=[
            structlog.stdlib.add_logger_name,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(number),
        logger_factory=lambda *names: LineLogger(names[0] if names else "hcpcs", stream),
        cache_logger_on_first_use=False,
    )
    root = logging.getLogger()
    for former in [handler for handler in root.handlers if isinstance(handler, DiscreetHandler)]:
        root.removeHandler(former)
    root.addHandler(DiscreetHandler(number))
    root.setLevel(number)
