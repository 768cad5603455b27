"""The commands that answer: ask, search, show, compare, changes."""

from __future__ import annotations

import sys
from datetime import date
from enum import StrEnum
from typing import Annotated

import typer
from rich.text import Text

from hcpcs.answers.answer import Answer, Outcome, Source
from hcpcs.answers.parts.change_text import change_sentence
from hcpcs.answers.rendering.json_form import answer_json, record_json, search_json
from hcpcs.catalog.changes import Change
from hcpcs.catalog.release_names import changes_between, named_pair
from hcpcs.companions.storage.companion_store import CompanionStore, open_companions
from hcpcs.companions.storage.edition_differences import EditionDifference
from hcpcs.questions.explanation.trace import ParseTrace
from hcpcs.questions.extraction.code_question import question_about
from hcpcs.questions.question import Intent
from hcpcs.search_port import Filters
from hcpcs_bot.bootstrap import desk_at
from hcpcs_bot.commands.options import (
    AsOfOption,
    HomeOption,
    JsonOption,
    console,
    day_option,
    home_at,
    one_line_errors,
    print_error,
    print_json,
    words_or_lines,
)
from hcpcs_bot.commands.terminal.changes_forms import changes_csv, changes_markdown
from hcpcs_bot.commands.terminal.drawing import draw_answer, draw_search, draw_source
from hcpcs_bot.commands.terminal.edition_changes import (
    ChangesOf,
    EditionPair,
    ages_of,
    difference_json,
    difference_sentences,
    differences_csv,
    edition_differences,
    edition_pairs,
)
from hcpcs_bot.commands.terminal.trace_view import draw_trace

ExplainOption = Annotated[bool, typer.Option("--explain", help="Show first how the question was understood.")]


def _print_answer(answer: Answer, as_json: bool, trace: ParseTrace | None = None) -> None:
    if as_json:
        explain = {} if trace is None else {"explain": trace.model_dump(mode="json")}
        print_json(answer_json(answer) | explain)
        return
    if trace is not None:
        console().print(draw_trace(trace))
    console().print(draw_answer(answer))


def ask(
    question: Annotated[list[str], typer.Argument(help="The question, or - to read one per line from stdin.")],
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    explain: ExplainOption = False,
    home: HomeOption = None,
) -> None:
    """Answer a question: a code, words, or "is S9353 payable by Medicare?"."""
    day = day_option(as_of)
    with one_line_errors():
        desk = desk_at(home_at(home))
        for text in words_or_lines(question):
            trace = desk.explain(text) if explain else None
            _print_answer(desk.ask(text, as_of=day), as_json, trace)


def search(
    query: Annotated[list[str], typer.Argument(help="Words, or - to read one query per line from stdin.")],
    limit: Annotated[int, typer.Option(min=1, max=500, help="Maximum hits.")] = 10,
    offset: Annotated[int, typer.Option(min=0, help="Hits to skip.")] = 0,
    coverage: Annotated[list[str] | None, typer.Option(help="Only these coverage codes (C, D, I, M, S).")] = None,
    type_of_service: Annotated[list[str] | None, typer.Option("--tos", help="Only these types of service.")] = None,
    betos: Annotated[list[str] | None, typer.Option(help="Only these BETOS codes.")] = None,
    family: Annotated[str | None, typer.Option(help="Only codes with this prefix, such as E06.")] = None,
    active: Annotated[bool, typer.Option("--active", help="Only codes in use.")] = False,
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Search the descriptions."""
    filters = Filters(
        coverage=frozenset(value.upper() for value in coverage or ()),
        types_of_service=frozenset(value.upper() for value in type_of_service or ()),
        betos=frozenset(value.upper() for value in betos or ()),
        prefix=family.upper() if family else None,
        active=True if active else None,
    )
    with one_line_errors():
        desk = desk_at(home_at(home))
        for text in words_or_lines(query):
            result = desk.search(text, filters=filters, limit=limit, offset=offset)
            if as_json:
                print_json(search_json(result))
            else:
                console().print(draw_search(result, desk.source(desk.catalog.newest)))


def show(
    codes: Annotated[list[str], typer.Argument(help="Codes or modifiers, or - to read one per line from stdin.")],
    as_json: JsonOption = False,
    as_of: AsOfOption = None,
    home: HomeOption = None,
) -> None:
    """Show every field of codes."""
    day = day_option(as_of)
    with one_line_errors():
        desk = desk_at(home_at(home))
        wanted = [code for text in words_or_lines(codes) for code in text.replace(",", " ").split()]
        missing = False
        for code in wanted:
            answer = desk.answer(question_about([code], Intent.CARD, day))
            if answer.outcome is not Outcome.ANSWERED:
                missing = True
                print_error(" ".join((answer.headline, *(n.text for n in answer.notices))))
                continue
            if as_json:
                print_json(record_json(answer.records[0]))
            else:
                console().print(draw_answer(answer))
    if missing:
        raise typer.Exit(1)


def compare(
    codes: Annotated[list[str], typer.Argument(help="Two to four codes.")],
    as_json: JsonOption = False,
    home: HomeOption = None,
) -> None:
    """Compare codes field by field."""
    if len(codes) < 2:
        raise typer.BadParameter("name at least two codes.", param_hint="CODES")
    with one_line_errors():
        _print_answer(desk_at(home_at(home)).answer(question_about(codes, Intent.COMPARE)), as_json)


class ChangesForm(StrEnum):
    """The output formats of ``hcpcs changes``."""

    TEXT = "text"
    JSON = "json"
    CSV = "csv"
    MARKDOWN = "markdown"


def _print_changes(changes: tuple[Change, ...], form: ChangesForm, source: Source) -> None:
    if form is ChangesForm.JSON:
        for change in changes:
            row = change.model_dump(mode="json", include={"code", "kind", "before", "after"})
            print_json(row)
    elif form is ChangesForm.CSV:
        sys.stdout.write(changes_csv(changes))
    elif form is ChangesForm.MARKDOWN:
        sys.stdout.write(changes_markdown(changes))
    else:
        screen = console()
        for change in changes:
            screen.print(Text(change_sentence(change)))
        noun = "change" if len(changes) == 1 else "changes"
        screen.print(Text(f"{len(changes)} {noun}.", style="bold"))
        screen.print(draw_source(source))


def _print_differences(
    differences: tuple[EditionDifference, ...], form: ChangesForm, pairs: tuple[EditionPair, ...], today: date
) -> None:
    if form is ChangesForm.JSON:
        for one in differences:
            print_json(difference_json(one))
    elif form is ChangesForm.CSV:
        sys.stdout.write(differences_csv(differences))
    else:
        screen = console()
        for sentence in difference_sentences(differences):
            screen.print(Text(sentence))
        codes = len({one.code for one in differences})
        noun = "code differs" if codes == 1 else "codes differ"
        screen.print(Text(f"{codes:,} {noun}.", style="bold"))
        for line in ages_of(pairs, today):
            screen.print(Text(line))


def changes(
    before: Annotated[str | None, typer.Argument(metavar="[FROM]", help="Release or edition, such as 2020-10.")] = None,
    after: Annotated[str | None, typer.Argument(metavar="[TO]", help="Release or edition, such as 2025-10.")] = None,
    of: Annotated[
        ChangesOf | None, typer.Option("--of", help="Compare two editions of a companion file instead of releases.")
    ] = None,
    as_json: JsonOption = False,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print a CSV table.")] = False,
    as_markdown: Annotated[bool, typer.Option("--markdown", help="Print a Markdown table.")] = False,
    home: HomeOption = None,
) -> None:
    """List the changes between two releases or two editions, by default the newest two."""
    chosen = [
        form
        for form, wanted in (
            (ChangesForm.JSON, as_json),
            (ChangesForm.CSV, as_csv),
            (ChangesForm.MARKDOWN, as_markdown),
        )
        if wanted
    ]
    if len(chosen) > 1:
        raise typer.BadParameter("use only one of --json, --csv and --markdown.")
    form = chosen[0] if chosen else ChangesForm.TEXT
    if of is not None and form is ChangesForm.MARKDOWN:
        raise typer.BadParameter("editions are compared with --json or --csv.")
    with one_line_errors():
        desk = desk_at(home_at(home))
        catalog = desk.catalog
        if of is not None:
            store = CompanionStore() if catalog.folder is None else open_companions(catalog.folder)
            pairs = edition_pairs(store, of, before, after)
            _print_differences(edition_differences(store, pairs), form, pairs, desk.source(catalog.newest).day)
            return
        if before is None and len(catalog.whole_releases) < 2:
            print_error("only one release is loaded; these are its changes by CMS's action codes.")
        listed, last = changes_between(catalog, before, after), named_pair(catalog, before, after).after
        _print_changes(listed, form, desk.source(next(one for one in catalog.releases if one.id == last)))
