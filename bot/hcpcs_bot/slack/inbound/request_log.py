"""What may be logged about a request or an error: names, codes and numbers, never a text or a person."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

import structlog
from slack_sdk.errors import SlackApiError

from hcpcs.answers.answer import Answer
from hcpcs.questions.question import Intent
from hcpcs.search_port import Confidence
from hcpcs_bot.state.database import StateError

_CODE: Final = re.compile(r"[A-V]\d{4}")
"""A suggestion that is a code, and not a family of codes or a value."""

log = structlog.get_logger("hcpcs_bot.slack")


class AnswerSummary(NamedTuple):
    """What may be logged about an answer. ``records`` are the existing codes that it showed, ``listed`` those of its
    list or search, else those that it suggests, else the same. ``is_guess`` says that it is a search without a sure
    match.

    ``known_words`` are for the team's report alone: words of a closed list in a question that was not understood.
    """

    intent: str = ""
    outcome: str = ""
    codes: tuple[str, ...] = ()
    records: tuple[str, ...] = ()
    listed: tuple[str, ...] = ()
    known_words: tuple[str, ...] = ()
    is_guess: bool = False

    @classmethod
    def of(cls, answer: Answer) -> AnswerSummary:
        """The summary of an answer."""
        shown = tuple(record.code for record in answer.records)
        listed = tuple(hit.code for hit in answer.hits) or tuple(dict.fromkeys(one.code for one in answer.changes))
        if not listed and len(shown) < 2:
            listed = tuple(code for code in answer.suggestions if _CODE.fullmatch(code))
        is_guess = answer.intent is Intent.SEARCH and answer.confidence is not Confidence.HIGH
        return cls(answer.intent.value, answer.outcome.value, answer.codes, shown, listed or shown, is_guess=is_guess)


NO_ANSWER: Final = AnswerSummary()


class HandledRequest(NamedTuple):
    """One handled request. ``user`` is a keyed hash."""

    request: str
    surface: str
    team: str
    user: str
    milliseconds: float
    intent: str
    outcome: str
    codes: tuple[str, ...]


def log_handled(handled: HandledRequest) -> None:
    """Logs a handled request in one line."""
    log.info("handled", **handled._asdict())


def error_fields(error: BaseException) -> dict[str, str]:
    """What may be logged about an error: its type, Slack's error code, and why the database can't be used."""
    # Where the body was not JSON, the SDK's error holds aiohttp's response, which has no ``get``.
    get = getattr(error.response, "get", None) if isinstance(error, SlackApiError) else None
    code = str(get("error", "unknown")) if get is not None else ""
    detail = {"detail": str(error)} if isinstance(error, StateError) else {}
    return {"error": type(error).__name__} | ({"reason": code} if code else {}) | detail
