"""``/api/v1/facts`` and ``/api/v1/units``: what companion files state about a code, and how many units to bill."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from hcpcs.answers.rendering.json_form import Json, answer_json, fact_json
from hcpcs.companions.edition import EditionKind, FactLookUp, Selection
from hcpcs.companions.storage.companion_store import Companions
from hcpcs_bot.http.api.models import AnswerObject, FactsObject, documented
from hcpcs_bot.http.api.parameters import AsOf, CodePath, State
from hcpcs_bot.http.caching.revalidation import entity_tag, json_response, not_modified
from hcpcs_bot.http.query_context import QueryContext


def look_up_facts(companions: Companions, code: str, day: date, state: str | None) -> list[FactLookUp]:
    """What every kind of companion file states about a code (upper case) on a day, in a state or in all."""
    return [companions.look_up(kind, code, day, Selection(area=state)) for kind in EditionKind]


def facts_json(looked_up: Iterable[FactLookUp]) -> Iterator[Json]:
    """The facts of look-ups."""
    return (fact_json(fact) for one in looked_up for fact in one.facts)


def add_routes(router: APIRouter, context: QueryContext) -> None:
    """Adds the paths of facts and units."""

    @router.get("/facts/{code}", responses=documented(FactsObject), summary="Amounts, limits, lists", tags=["Codes"])
    def show_facts(request: Request, code: CodePath, as_of: AsOf = None, state: State = None) -> Response:
        """What each kind of companion file states about a code on a day.

        ``absent`` says of every other kind why it has nothing: not loaded, not in force that day, or not listed.
        """
        tag = entity_tag(context)
        unchanged = not_modified(request, tag)
        if unchanged is not None:
            return unchanged
        day, named = as_of or context.today(), code.upper()
        looked_up = look_up_facts(context.desk().companions, named, day, state)
        absent = {one.kind.value: one.absence.value for one in looked_up if one.absence is not None}
        return json_response(
            {"code": named, "day": day.isoformat(), "facts": list(facts_json(looked_up)), "absent": absent}, tag
        )

    @router.get("/units", responses=documented(AnswerObject), summary="Count billing units", tags=["Questions"])
    def count_units(
        request: Request,
        code: Annotated[str, Query(min_length=5, max_length=5, pattern="^[A-Za-z][0-9]{4}$", examples=["J1745"])],
        amount: Annotated[Decimal, Query(gt=0, le=1_000_000, description="How much was given.", examples=[400])],
        unit: Annotated[str, Query(max_length=20, pattern="^[A-Za-z ]+$", description="Its unit.", examples=["mg"])],
    ) -> Response:
        """The billing units of an amount, with the arithmetic and the rounding."""
        tag = entity_tag(context)
        question = f"how many units of {code.upper()} for {amount:f} {unit}"
        return not_modified(request, tag) or json_response(
            answer_json(context.desk().ask(question, today=context.today())), tag
        )
