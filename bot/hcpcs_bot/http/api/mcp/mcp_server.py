"""The tools and resources of MCP: the answers of the API for assistants, with the same objects.

The text of each result is the whole answer in words, its structured content the object. Both name the release.
"""

from __future__ import annotations

from datetime import date
from importlib.metadata import version
from typing import Annotated, Any, Final

from mcp.server.mcpserver import MCPServer
from mcp.types import CallToolResult, TextContent, ToolAnnotations
from pydantic import Field

from hcpcs.answers.answer import Answer
from hcpcs.answers.parts.change_text import change_sentence
from hcpcs.answers.rendering.json_form import answer_json, search_json
from hcpcs.catalog.release_names import changed_between, named_pair, read_changes
from hcpcs.companions.edition import Absence
from hcpcs.errors import CatalogError
from hcpcs.questions.extraction.code_question import question_about
from hcpcs.questions.question import Intent
from hcpcs.records.billing.areas import areas
from hcpcs.records.change_kinds import ChangeKind
from hcpcs_bot.http.api.change_routes import MOST_OFFSET, PAGE_CHANGES, changes_json
from hcpcs_bot.http.api.fact_routes import facts_json, look_up_facts
from hcpcs_bot.http.api.models import AnswerObject, ChangesObject, FactsObject, SearchObject
from hcpcs_bot.http.api.parameters import QUERY_CHARACTERS, QUESTION_CHARACTERS
from hcpcs_bot.http.query_context import QueryContext

INSTRUCTIONS: Final = (
    "HCPCS Level II codes from CMS's own files. Every answer names the release that proves it and has an answer_id: "
    "cite both. What the tools don't state is not in the data; don't fill it in. A code that isn't found has no "
    "substitute; suggestions are only what may have been meant. Billable, payable and covered are different things."
)
CHANGES_IN_WORDS: Final = 50
"""Maximum changes that the text of a result lists; its object has all of the page."""

Code = Annotated[
    str,
    Field(
        description="An HCPCS Level II code or modifier: S9353, RR.",
        min_length=2,
        max_length=5,
        pattern="^[A-Za-z0-9]+$",
    ),
]
Day = Annotated[date | None, Field(description="The date of service, YYYY-MM-DD; today if not given.")]
Answered = Annotated[CallToolResult, AnswerObject]


def create_mcp_server(context: QueryContext) -> MCPServer[Any]:
    """The server, for any transport. It logs nothing that was asked: its own log has what failed, by type."""
    server: MCPServer[Any] = MCPServer(
        "hcpcs",
        title="HCPCS desk",
        instructions=INSTRUCTIONS,
        version=version("hcpcs-bot"),
        # The package logs arguments that it refuses, and those may name a patient.
        log_level="CRITICAL",
    )
    _add_question_tools(server, context)
    _add_code_tools(server, context)
    _add_data_tools(server, context)
    _add_resource(server, context)
    return server


def _read_only(title: str) -> ToolAnnotations:
    return ToolAnnotations(
        title=title, read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
    )


def _add_question_tools(server: MCPServer[Any], context: QueryContext) -> None:
    @server.tool(annotations=_read_only("Answer a question"))
    def ask(
        question: Annotated[str, Field(description="The question, in words.", max_length=QUESTION_CHARACTERS)],
        as_of: Day = None,
    ) -> Answered:
        """Answer a question about HCPCS codes in words: coverage, status, price, units, changes, comparison."""
        return _result(context.desk().ask(question, today=context.today(), as_of=as_of))

    @server.tool(annotations=_read_only("Decode a text"))
    def decode(
        text: Annotated[str, Field(description="A claim, remittance or message.", max_length=QUESTION_CHARACTERS)],
    ) -> Answered:
        """List the codes and modifiers in a longer text, each on its own date of service."""
        return _result(context.desk().decode(text, today=context.today()))

    @server.tool(annotations=_read_only("Count billing units"))
    def units(
        code: Code,
        amount: Annotated[float, Field(description="How much was given.", gt=0, le=1_000_000)],
        unit: Annotated[str, Field(description="Its unit: mg.", max_length=20, pattern="^[A-Za-z ]+$")],
    ) -> Answered:
        """Count the billing units of an amount from the code's description, with the arithmetic."""
        question = f"how many units of {code.upper()} for {amount:f} {unit}"
        return _result(context.desk().ask(question, today=context.today()))


def _add_code_tools(server: MCPServer[Any], context: QueryContext) -> None:
    def about(code: str, intent: Intent, day: date | None) -> CallToolResult:
        return _result(context.desk().answer(question_about([code], intent, day), today=context.today()))

    @server.tool(annotations=_read_only("Look up a code"))
    def lookup(code: Code, as_of: Day = None) -> Answered:
        """Show everything that CMS's file states about one code or modifier on a day."""
        return about(code, Intent.CARD, as_of)

    @server.tool(annotations=_read_only("Check whether a code is valid"))
    def validate(code: Code, as_of: Day = None) -> Answered:
        """Say whether a code exists and was in use on a day."""
        return about(code, Intent.STATUS, as_of)

    @server.tool(annotations=_read_only("Say Medicare's coverage"))
    def coverage(code: Code, as_of: Day = None) -> Answered:
        """Say what Medicare's coverage of a code is on a day, and the field that proves it."""
        return about(code, Intent.COVERAGE, as_of)

    @server.tool(annotations=_read_only("Compare codes"))
    def compare(
        codes: Annotated[list[Code], Field(description="Two to four codes.", min_length=2, max_length=4)],
    ) -> Answered:
        """Compare two to four codes field by field."""
        return _result(context.desk().answer(question_about(codes, Intent.COMPARE), today=context.today()))


def _add_data_tools(server: MCPServer[Any], context: QueryContext) -> None:
    @server.tool(annotations=_read_only("Search the descriptions"))
    def search(
        query: Annotated[str, Field(description="Words: insulin pump.", max_length=QUERY_CHARACTERS)],
        limit: Annotated[int, Field(description="Maximum hits.", ge=1, le=100)] = 10,
    ) -> Annotated[CallToolResult, SearchObject]:
        """Find codes whose descriptions match words, best first."""
        desk = context.desk()
        result = desk.search(query, limit=limit)
        lines = [f"{hit.code}: {hit.long_description}" for hit in result.hits] or ["Not in the data: no code matches."]
        return _made(search_json(result), [*lines, f"Source: {desk.catalog.newest.label}."])

    @server.tool(annotations=_read_only("List what changed"))
    def changes(
        before: Annotated[str | None, Field(description="A release, such as 2020-10.", max_length=40)] = None,
        after: Annotated[str | None, Field(description="A later release; the newest if absent.", max_length=40)] = None,
        kind: Annotated[ChangeKind | None, Field(description="Only changes of this kind.")] = None,
        offset: Annotated[int, Field(description="How many changes to leave out.", ge=0, le=MOST_OFFSET)] = 0,
        limit: Annotated[int, Field(description="Maximum changes.", ge=1, le=PAGE_CHANGES)] = 100,
    ) -> Annotated[CallToolResult, ChangesObject]:
        """List what changed between two releases, by default the newest two."""
        catalog = context.desk().catalog
        try:
            pair = named_pair(catalog, before, after)
            every = changed_between(catalog, pair)
        except CatalogError as error:
            return CallToolResult(content=[TextContent(type="text", text=f"Not in the data: {error}.")], is_error=True)
        wanted = [key for key in every if kind in {None, key[1]}]
        page = read_changes(catalog, pair, wanted[offset : offset + limit])
        sentences = map(change_sentence, page[:CHANGES_IN_WORDS])
        source = f"Source: {catalog.newest.label}."
        return _made(changes_json(pair, page, offset, len(wanted)), [f"{len(wanted):,} changes.", *sentences, source])

    @server.tool(annotations=_read_only("Show amounts, limits and lists"))
    def facts(
        code: Code,
        as_of: Day = None,
        state: Annotated[str | None, Field(description="A state such as TX.", min_length=2, max_length=2)] = None,
    ) -> Annotated[CallToolResult, FactsObject]:
        """Show what companion files state about a code on a day: amounts, unit limits, prior authorization."""
        named, day = code.upper(), as_of or context.today()
        area = state.upper() if state else None
        if area is not None and area not in areas():
            text = "state: not the abbreviation of a state or territory, such as TX."
            return CallToolResult(content=[TextContent(type="text", text=text)], is_error=True)
        looked_up = look_up_facts(context.desk().companions, named, day, area)
        stated = list(facts_json(looked_up))
        absent = {one.kind.value: one.absence.value for one in looked_up if one.absence is not None}
        lines = [f"{one['subject']}: {one['value']} {one['unit'] or ''} ({one['edition']})" for one in stated]
        not_loaded = sum(reason == Absence.NOT_LOADED.value for reason in absent.values())
        lines = lines or [f"Not in the data: no loaded file lists {named} on {day.isoformat()}."]
        if not_loaded:
            lines.append(f"{not_loaded} kinds of file are not loaded, so what they state is not known.")
        return _made({"code": named, "day": day.isoformat(), "facts": stated, "absent": absent}, lines)


def _add_resource(server: MCPServer[Any], context: QueryContext) -> None:
    @server.resource("hcpcs://codes/{code}", mime_type="application/json", title="A code")
    def code_resource(code: str) -> dict[str, Any]:
        """Everything about one code or modifier today, as the API's object; its outcome says if it isn't found."""
        question = question_about([code[:QUERY_CHARACTERS]], Intent.CARD)
        return answer_json(context.desk().answer(question, today=context.today()))


def _result(answer: Answer) -> CallToolResult:
    """An answer as text, with its source and id, and as the API's object."""
    source = f"Source: {answer.source.release}, for {answer.source.day.isoformat()}. answer_id: {answer.answer_id}."
    return _made(answer_json(answer), [answer.text, source])


def _made(structured: dict[str, Any], lines: list[str]) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text="\n".join(lines))], structured_content=structured)
