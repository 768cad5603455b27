"""Logging: one line per event, in JSON or for a terminal, without any text that a user wrote.

Our own code logs names and numbers only. Libraries are not trusted to: slack_sdk logs whole payloads at DEBUG, and an
exception's text may quote its input. Of a library's record, only the logger, level, line of code and exception type
are kept.
"""

from __future__ import annotations

import logging
import sys
from typing import Final, TextIO

import orjson
import structlog

from hcpcs_bot.settings import SettingsError

_WITHOUT_USER_TEXT: Final = frozenset({"uvicorn.error"})
"""Loggers whose messages at INFO are about addresses, start and stop only, and are logged whole."""
LIBRARY_EVENT: Final = "library log"
"""The event of every other record of a library."""


class LineLogger:
    """Writes complete lines to a stream, or to the current standard error where none is given."""

    def __init__(self, name: str, stream: TextIO | None) -> None:
        self.name = name
        self._stream = stream

    def msg(self, line: str) -> None:
        """Writes one line."""
        (self._stream or sys.stderr).write(f"{line}\n")

    debug = info = warning = error = critical = msg


class LibraryLogHandler(logging.Handler):
    """Passes the records of libraries to our own logger, without their messages."""

    def emit(self, record: logging.LogRecord) -> None:
        """Logs the line of code that a record came from; below a warning that says nothing, but at DEBUG."""
        event, fields = without_user_text(record)
        if event == LIBRARY_EVENT and record.levelno < logging.WARNING and self.level > logging.DEBUG:
            return
        structlog.get_logger(record.name).log(record.levelno, event, **fields)


def without_user_text(record: logging.LogRecord) -> tuple[str, dict[str, str]]:
    """Event and fields of a library's record: its message where that is known to be harmless, else its line of code."""
    if record.name in _WITHOUT_USER_TEXT and record.levelno == logging.INFO and not record.exc_info:
        return record.getMessage(), {}
    fields = {"where": f"{record.module}.{record.funcName}:{record.lineno}"}
    error = record.exc_info[0] if isinstance(record.exc_info, tuple) else None
    if error is not None:
        fields["error"] = error.__name__
    return LIBRARY_EVENT, fields


def configure(level: str = "INFO", *, stream: TextIO | None = None, as_json: bool | None = None) -> None:
    """Sets up logging for the whole process.

    ``level`` is the lowest level that is logged; ``as_json`` writes JSON lines (the default where ``stream`` is not a
    terminal). Raises ``SettingsError`` for an unknown level.
    """
    number = logging.getLevelNamesMapping().get(level.upper())
    if number is None:
        raise SettingsError(f"{level!r} is not a log level: set HCPCS_LOG_LEVEL to DEBUG, INFO, WARNING or ERROR.")
    out = sys.stderr if stream is None else stream
    json_lines = not out.isatty() if as_json is None else as_json
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer(serializer=lambda event, **_: orjson.dumps(event, default=str).decode())
        if json_lines
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
    for former in [handler for handler in root.handlers if isinstance(handler, LibraryLogHandler)]:
        root.removeHandler(former)
    root.addHandler(LibraryLogHandler(number))
    root.setLevel(number)
