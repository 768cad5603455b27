"""Logging for every face: one line an event, in JSON or for a terminal, and never a word that a user wrote.

Our own code logs names and numbers only. Libraries are not trusted to: slack_sdk logs whole payloads at DEBUG, and
an exception's text may quote its input. Of a foreign record only its origin, level and exception type are kept.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import MutableMapping
from typing import Any, Final, TextIO

import structlog

OURS: Final = ("hcpcs", "hcpcs_bot", "hcpcs_index")
_SAYS_NOTHING_OF_USERS: Final = frozenset({"uvicorn.error"})
"""Loggers whose messages at INFO tell of addresses and life cycle only, and are worth reading."""


def _is_of(name: str, families: tuple[str, ...]) -> bool:
    return name.partition(".")[0] in families


def without_user_text(record: logging.LogRecord) -> logging.LogRecord:
    """The record itself if it is ours, else one that names only where it came from."""
    if _is_of(record.name, OURS):
        return record if not record.exc_info else _without_error_text(record, record.msg, record.args)
    if record.name in _SAYS_NOTHING_OF_USERS and record.levelno == logging.INFO and not record.exc_info:
        return record
    spoke = f"{record.name} spoke at {record.module}.{record.funcName}:{record.lineno}"
    return _without_error_text(record, spoke, ())


class DiscreetHandler(logging.StreamHandler[TextIO]):
    """Writes records emptied of what users wrote."""

    def emit(self, record: logging.LogRecord) -> None:
        """Writes one record."""
        super().emit(without_user_text(record))


def _without_error_text(record: logging.LogRecord, message: Any, args: Any) -> logging.LogRecord:
    kept = logging.makeLogRecord(record.__dict__ | {"msg": message, "args": args, "exc_info": None, "exc_text": None})
    kept.stack_info = None
    error = record.exc_info[0] if isinstance(record.exc_info, tuple) else None
    if error is not None:
        kept.msg, kept.args = f"{kept.getMessage()} ({error.__name__})", ()
    return kept


def _foreign(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    record = event.get("_record")
    if isinstance(record, logging.LogRecord):
        event["logger"] = record.name
    return event


def configure(level: str = "INFO", *, stream: TextIO | None = None, as_json: bool | None = None) -> logging.Handler:
    """Sets up logging for the whole process and returns its one handler.

    ``level`` is the least level written; ``as_json`` is for machines (the default off a terminal).
    Raises ``ValueError`` for a level that is none.
    """
    out = sys.stderr if stream is None else stream
    machine = not out.isatty() if as_json is None else as_json
    shared: list[structlog.typing.Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_logger_name,
        structlog.stdlib.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
    ]
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *shared,
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        wrapper_class=structlog.stdlib.BoundLogger,
        logger_factory=structlog.stdlib.LoggerFactory(),
        cache_logger_on_first_use=False,
    )
    renderer: structlog.typing.Processor = (
        structlog.processors.JSONRenderer() if machine else structlog.dev.ConsoleRenderer(colors=out.isatty())
    )
    handler = DiscreetHandler(out)
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=[_foreign, *shared],
            processors=[structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer],
        )
    )
    root = logging.getLogger()
    for former in [one for one in root.handlers if isinstance(one, DiscreetHandler)]:
        root.removeHandler(former)
    root.addHandler(handler)
    root.setLevel(level.upper())
    return handler
