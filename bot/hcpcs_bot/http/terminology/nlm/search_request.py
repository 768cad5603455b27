"""The parameters of a search as NLM documents them, read from a query string that anybody may have written."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final, NamedTuple, TypeVar

from hcpcs_bot.http.problems import ProblemError
from hcpcs_bot.http.terminology.nlm.columns import COLUMNS, SHOWN_COLUMNS
from hcpcs_bot.http.terminology.term_matches import MAX_TERMS

DEFAULT_COUNT: Final = 7
"""Results of a page, if the request doesn't say."""
MAX_COUNT: Final = 500
"""Maximum results of a page; a request for more gets as many."""
MAX_REACH: Final = 7_500
"""Maximum of offset and count together."""
MAX_FIELDS: Final = 20
"""Maximum fields of one parameter."""
MAX_ALIAS: Final = 60
"""Maximum characters of an alias."""
DEFAULT_DISPLAY: Final = ("code", "display")
DEFAULT_SEARCHED: Final = ("code", "short_desc", "long_desc")
DEFAULT_CODE: Final = "code"

_Field = TypeVar("_Field")


class ExtraField(NamedTuple):
    """A field of ``ef`` and the name under which it is returned."""

    name: str
    alias: str


class SearchRequest(NamedTuple):
    """What one request asks for: ``size`` results after ``offset``.

    ``searched`` is empty for the default fields, whose search knows synonyms.
    """

    terms: str
    size: int
    offset: int
    query: str
    display: tuple[str, ...]
    searched: tuple[str, ...]
    code: str
    extra: tuple[ExtraField, ...]


def read_request(parameters: Mapping[str, str]) -> SearchRequest:
    """The search that the parameters ask for; others than NLM's are ignored. Raises ``ProblemError``."""
    terms = parameters.get("terms")
    if terms is None:
        raise ProblemError(400, "terms: give the words to search for; with terms= every code is listed.")
    if len(terms) > MAX_TERMS:
        raise ProblemError(400, f"terms: give at most {MAX_TERMS} characters.")
    # maxList is the older name of count. Present but empty means the maximum.
    stated = "count" if parameters.get("count", "") else "maxList"
    count = MAX_COUNT if parameters.get(stated) == "" else _number(parameters, stated, DEFAULT_COUNT)
    count = min(count, MAX_COUNT)
    offset = _number(parameters, "offset", 0)
    if offset + count > MAX_REACH:
        raise ProblemError(400, f"offset: offset and count together reach at most {MAX_REACH:,}. Narrow the search.")
    searched = _fields(parameters, "sf", DEFAULT_SEARCHED, COLUMNS)
    return SearchRequest(
        terms=terms,
        size=count,
        offset=offset,
        query=parameters.get("q", ""),
        display=_fields(parameters, "df", DEFAULT_DISPLAY, _ALL),
        searched=() if set(searched) == set(DEFAULT_SEARCHED) else searched,
        code=_fields(parameters, "cf", (DEFAULT_CODE,), _ALL)[0],
        extra=tuple(_list(parameters, "ef", (), _extra)),
    )


_ALL: Final = (*COLUMNS, *SHOWN_COLUMNS)


def _number(parameters: Mapping[str, str], name: str, default: int) -> int:
    text = parameters.get(name, "")
    if not text:
        return default
    if not (text.isascii() and text.isdigit()):
        raise ProblemError(400, f"{name}: give a whole number from 0.")
    # Further digits make no difference: every limit is lower.
    return int(text[:9])


def _fields(
    parameters: Mapping[str, str], name: str, default: tuple[str, ...], known: Collection[str]
) -> tuple[str, ...]:
    return _list(parameters, name, default, lambda field: _known(name, field, known)) or default


def _list(
    parameters: Mapping[str, str], name: str, default: tuple[_Field, ...], read: Callable[[str], _Field]
) -> tuple[_Field, ...]:
    stated = [field.strip() for field in parameters.get(name, "").split(",")[: MAX_FIELDS + 1] if field.strip()]
    if len(stated) > MAX_FIELDS:
        raise ProblemError(400, f"{name}: give at most {MAX_FIELDS} fields.")
    return tuple(map(read, stated)) or default


def _known(parameter: str, field: str, known: Collection[str]) -> str:
    if field not in known:
        raise ProblemError(400, f"{parameter}: a field is not one of {', '.join(known)}.")
    return field


def _extra(stated: str) -> ExtraField:
    field, _, alias = stated.partition(":")
    if len(alias) > MAX_ALIAS:
        raise ProblemError(400, f"ef: an alias has at most {MAX_ALIAS} characters.")
    return ExtraField(_known("ef", field.strip(), _ALL), alias.strip() or field.strip())
