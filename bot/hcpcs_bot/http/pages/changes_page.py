"""``GET /changes``: what changed, release by release, by kind."""

from __future__ import annotations

from typing import Final

from fastapi import Request, Response

from hcpcs.catalog.release_names import ReleasePair, read_changes
from hcpcs.records.change_kinds import ChangeKind, change_kinds, count_text
from hcpcs_bot.http.pages.change_counts import changes_by_release, draw_chart
from hcpcs_bot.http.pages.page_response import page_response, page_tag, problem_page, render_page, unchanged_page
from hcpcs_bot.http.pages.search_page import page_number
from hcpcs_bot.http.query_context import QueryContext

PAGE_CHANGES: Final = 50
"""Changes on one page."""


def show_changes(request: Request, context: QueryContext) -> Response:
    """The page of changes: a chart of all releases, and the list of one."""
    tag = page_tag(context)
    unchanged = unchanged_page(request, tag)
    if unchanged is not None:
        return unchanged
    catalog = context.desk().catalog
    listed = changes_by_release(catalog)
    wanted = request.query_params.get("release") or listed[-1].release.id
    chosen = next((one for one in listed if one.release.id == wanted), None)
    if chosen is None:
        return problem_page(404, "This release is not listed.", "The page of changes lists those that are.")
    named = request.query_params.get("kind") or ""
    if named and named not in set(ChangeKind):
        return problem_page(404, "There is no such kind of change.", f"The kinds are {', '.join(ChangeKind)}.")
    number = page_number(request.query_params.get("page"))
    changed = [one for one in chosen.changed if not named or one[1] == named]
    pages = max(1, -(-len(changed) // PAGE_CHANGES))
    if number is None or number > pages:
        return problem_page(404, "There is no such page.", f"This list has {pages:,} pages.")
    start = (number - 1) * PAGE_CHANGES
    pair = ReleasePair(chosen.before.id if chosen.before else None, chosen.release.id)
    body = render_page(
        "changes.html",
        chosen=chosen,
        kind=named,
        kinds=change_kinds(),
        count_text=count_text,
        listed=listed,
        shown=[one for one in ChangeKind if any(release.counts.get(one) for release in listed)],
        chart=draw_chart(listed),
        starter=catalog.starter,
        number=number,
        pages=pages,
        start=start,
        total=len(changed),
        changes=read_changes(catalog, pair, changed[start : start + PAGE_CHANGES]),
    )
    return page_response(body, tag)
