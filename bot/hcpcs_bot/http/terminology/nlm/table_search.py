"""One search as NLM's service answers it: ``[total, [codes], {extra field: [values]} | null, [[display texts]]]``."""

from __future__ import annotations

from datetime import date
from typing import Final

from hcpcs.answers.desk import Desk
from hcpcs_bot.http.terminology.code_rows import code_table
from hcpcs_bot.http.terminology.column_index import words_of
from hcpcs_bot.http.terminology.nlm.column_search import column_search
from hcpcs_bot.http.terminology.nlm.columns import ShownCode, read_column
from hcpcs_bot.http.terminology.nlm.query_string import parse_query
from hcpcs_bot.http.terminology.nlm.search_request import DEFAULT_SEARCHED, SearchRequest
from hcpcs_bot.http.terminology.term_matches import term_matches

MAX_TOTAL: Final = 10_000
"""Maximum total that an answer states."""

SearchAnswer = tuple[int, list[str], dict[str, list[str | None]] | None, list[list[str]]]


def search_table(desk: Desk, request: SearchRequest, day: date) -> SearchAnswer:
    """The answer to a request. Raises ``ProblemError`` for a query string that is not understood."""
    passes = parse_query(request.query, request.searched or DEFAULT_SEARCHED)
    table = code_table(desk.catalog, day)
    search = column_search(table)
    if request.searched and request.terms.strip():
        words = words_of(request.terms)
        matching = [search.starting(request.searched, word) for word in dict.fromkeys(words)]
        places = sorted(frozenset.intersection(*matching)) if matching else []
    else:
        places = term_matches(desk.index, table, request.terms)
    if request.query.strip():
        allowed = passes(search)
        places = [place for place in places if place in allowed]
    page = [ShownCode(desk.catalog, table.rows[place], day) for place in places[request.offset :][: request.size]]
    extra = {field.alias: [read_column(field.name, one) or None for one in page] for field in request.extra}
    return (
        min(len(places), MAX_TOTAL),
        [read_column(request.code, one) for one in page],
        extra or None,
        [[read_column(name, one) for name in request.display] for one in page],
    )
