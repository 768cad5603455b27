"""One page per code: ``GET /codes/S9353`` and ``GET /codes/S9353.json``.

Slack unfurls links to them into cards; in a browser they show the same answer. Only the path is read, and only a
path that looks like a code.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html import escape
from typing import Final

import orjson

from hcpcs.answers.answer import Answer, Outcome
from hcpcs.answers.desk import Desk
from hcpcs.answers.rendering.json_form import answer_json
from hcpcs.answers.rendering.plain_text import source_line
from hcpcs.records.codes import is_modifier
from hcpcs_bot.http.asgi import HTML, JSON, Receive, Scope, Send, respond

CODE_PATH: Final = re.compile(r"/codes/([A-Za-z]\d{4}|\d{4}[A-Za-z0-9]|[A-Za-z0-9]{2})(\.json)?")
"""The path of a page: what looks like a code or modifier, and the ending for JSON."""
SECURITY_HEADERS: Final = (
    (b"content-security-policy", b"default-src 'none'; style-src 'unsafe-inline'"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-cache"),
)
STYLE: Final = """
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 44rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.25rem; } dt { font-weight: 600; margin-top: .5rem; } dd { margin: 0; }
@media (prefers-color-scheme: dark) { body { background: #16202a; color: #e6edf3; } }
"""


def page(answer: Answer) -> str:
    """An answer as an HTML page, in which every text is escaped."""
    facts = "".join(f"<li>{escape(fact.sentence)}</li>" for fact in answer.evidence)
    fields = "".join(
        f"<dt>{escape(value.label)}</dt><dd>{escape(value.text)}</dd>"
        for record in answer.records
        for value in record.fields
        if value.value is not None
    )
    notices = "".join(f"<p>{escape(notice.text)}</p>" for notice in answer.notices)
    title = escape(" ".join(answer.codes) or "HCPCS")
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f'<meta name="viewport" content="width=device-width"><style>{STYLE}</style></head><body>'
        f"<main><h1>{escape(answer.headline)}</h1><ul>{facts}</ul><dl>{fields}</dl>{notices}"
        f"<footer><p>{escape(source_line(answer.source))}</p>"
        "</footer></main></body></html>"
    )


class CodePages:
    """The ASGI application of the code pages; anything else is not found."""

    def __init__(self, desk: Callable[[], Desk]) -> None:
        self._desk = desk

    async def __call__(self, scope: Scope, _: Receive, send: Send) -> None:
        """One HTTP request."""
        match = CODE_PATH.fullmatch(scope["path"])
        if match is None:
            await respond(send, 404, b"not found", headers=SECURITY_HEADERS)
        elif scope["method"] not in {"GET", "HEAD"}:
            await respond(send, 405, b"method not allowed", headers=SECURITY_HEADERS)
        else:
            code = match[1].upper()
            # The modifiers HI and NO are words, too.
            answer = self._desk().ask(f"modifier {code}" if is_modifier(code) else code)
            status = 200 if answer.outcome is Outcome.ANSWERED else 404
            if match[2]:
                await respond(send, status, orjson.dumps(answer_json(answer)), JSON, SECURITY_HEADERS)
            else:
                await respond(send, status, page(answer).encode(), HTML, SECURITY_HEADERS)
