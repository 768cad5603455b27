"""The one error path: a person gets a polite private line with an error id, the log gets the id and no text."""

from __future__ import annotations

import traceback
from typing import Any, Final

import structlog
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp, AsyncBoltContext

from hcpcs.errors import HcpcsError
from hcpcs_bot.slack.call import Call
from hcpcs_bot.slack.face import Face, done
from hcpcs_bot.slack.telling import tell

log = structlog.get_logger("hcpcs_bot.slack")

SORRY: Final = (
    "Sorry, that went wrong here, and it is not your doing. Please try again; "
    "if it goes on, give your administrator this number: {request}"
)


def where(error: BaseException) -> str:
    """The place in the code that raised, innermost: ``card.py:42``. An error's own text may quote a user's."""
    frames = traceback.extract_tb(error.__traceback__)
    return f"{frames[-1].filename.rsplit('/', 1)[-1]}:{frames[-1].lineno}" if frames else "unknown"


def register(app: AsyncApp, face: Face) -> None:
    """Ties the error handler."""

    async def failed(error: Exception, body: dict[str, Any], context: AsyncBoltContext) -> BoltResponse:  # noqa: ARG001
        call = context.get("call")
        if not isinstance(call, Call):
            log.error("failed", error=type(error).__name__, where=where(error))
            return done()
        log.error(
            "failed",
            request=call.request,
            surface=call.surface.value,
            error=type(error).__name__,
            where=where(error),
        )
        known = isinstance(error, HcpcsError)
        return tell(face, call, str(error) if known else SORRY.format(request=call.request))

    app.error(failed)
