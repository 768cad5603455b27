"""Templates, static files and the headers of pages."""

from __future__ import annotations

from hashlib import sha256
from importlib import resources
from typing import Any, Final

from fastapi import Request, Response
from jinja2 import Environment, PackageLoader, StrictUndefined

from hcpcs.answers.verdicts import BRIEF_VERDICTS
from hcpcs.records.fields import long_date
from hcpcs_bot.http.caching.revalidation import cache_headers, entity_tag, matches
from hcpcs_bot.http.pages.change_lines import change_line
from hcpcs_bot.http.pages.verdict_badges import BADGES
from hcpcs_bot.http.query_context import QueryContext

HTML_TYPE: Final = "text/html; charset=utf-8"
POLICY: Final = (
    "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
SECURITY_HEADERS: Final = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
}
STATIC_TYPES: Final = {
    "pages.css": "text/css; charset=utf-8",
    "combobox.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
}
"""The static files, with their media types."""
_FOLDER: Final = resources.files(__package__)
STATIC_FILES: Final = {name: _FOLDER.joinpath("static", name).read_bytes() for name in STATIC_TYPES}
_TEXTS: Final = sorted(
    (path for folder in ("templates", "static") for path in _FOLDER.joinpath(folder).iterdir()),
    key=lambda path: path.name,
)
ASSETS_DIGEST: Final = sha256(b"".join(path.read_bytes() for path in _TEXTS)).hexdigest()[:12]
"""A digest of all templates and static files: pages with another one are other pages."""
_ENVIRONMENT: Final = Environment(
    loader=PackageLoader(str(__package__)),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)
_ENVIRONMENT.globals.update(badges=BADGES, assets=ASSETS_DIGEST, change_line=change_line, brief_verdicts=BRIEF_VERDICTS)
_ENVIRONMENT.filters.update(long_date=long_date)


def render_page(template: str, **values: Any) -> str:
    """A template of ``templates`` with its values, each of which is escaped."""
    return _ENVIRONMENT.get_template(template).render(**values)


def page_response(body: str, tag: str = "", status: int = 200) -> Response:
    """A page, with its entity tag where it has one."""
    kept = cache_headers(tag) if tag else {"cache-control": "no-cache"}
    return Response(body, status, {**SECURITY_HEADERS, **kept}, HTML_TYPE)


def problem_page(status: int, headline: str, advice: str) -> Response:
    """The page that says why there is no other."""
    return page_response(render_page("problem.html", headline=headline, advice=advice), status=status)


def page_tag(context: QueryContext) -> str:
    """The entity tag of every page today."""
    return f'{entity_tag(context)[:-1]}-{ASSETS_DIGEST}"'


def unchanged_page(request: Request, tag: str) -> Response | None:
    """304 where the browser has the page; ``None`` where it must be drawn."""
    if not matches(request.headers.get("if-none-match", ""), tag):
        return None
    return Response(status_code=304, headers={**SECURITY_HEADERS, **cache_headers(tag)})


def static_response(name: str) -> Response | None:
    """A static file; ``None`` if there is none of that name. Its address changes whenever it changes."""
    content = STATIC_FILES.get(name)
    if content is None:
        return None
    headers = {**SECURITY_HEADERS, "cache-control": "public, max-age=31536000, immutable"}
    return Response(content, headers=headers, media_type=STATIC_TYPES[name])
