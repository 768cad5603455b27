"""The trace of a parse: what each stage recognized, the features, the rule that decided and the rules that it beat.

Built only where it is asked for (``hcpcs ask --explain``); a normal question never pays for it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from hcpcs.questions.extraction.extractor import extract
from hcpcs.questions.extraction.features import features_of
from hcpcs.questions.extraction.parse_state import ParseState, Span
from hcpcs.questions.extraction.stages import Stage
from hcpcs.questions.intent_rules import rules
from hcpcs.questions.parser import TOO_LONG, TOO_LONG_KEPT, build_question, normalize_question
from hcpcs.questions.question import Intent, QuantityRole, Question
from hcpcs.questions.recognizers.coded_values import ValueSpan
from hcpcs.questions.recognizers.codes.code_ranges import CodeRange
from hcpcs.questions.recognizers.codes.code_scanner import CodeSpan
from hcpcs.questions.recognizers.dates.date_scanner import DaySpan
from hcpcs.questions.recognizers.dates.day_cues import IgnoredSpan
from hcpcs.questions.recognizers.filter_syntax import FilterSpan
from hcpcs.questions.recognizers.places import ZipSpan
from hcpcs.questions.recognizers.quantities.related_quantities import QuantitySpan
from hcpcs.questions.recognizers.spelling import Replacement
from hcpcs.questions.recognizers.subjects.manual_sections import ManualSpan
from hcpcs.questions.words.normalize import plain
from hcpcs.questions.words.phrases import Phrase
from hcpcs.records.record import Frozen

OUT_OF_SCOPE: Final = "out of scope"
"""The stage under which the trace lists subjects that no record states."""


class TraceSpan(Frozen):
    """A span that a stage recognized: its offsets in the text that the stage saw, that text, and what it is."""

    stage: str
    start: int
    end: int
    text: str
    recognized: str


class ParseTrace(Frozen):
    """How a question was understood.

    ``text`` is the question after repairs, and ``spans`` are in the order of the stages. ``rule`` decided for
    ``intent``; ``beaten`` are the rules that held, too, and come after it. ``unused`` are the words that nothing used:
    neither recognized, nor a function word, nor searched for.
    """

    text: str
    spans: tuple[TraceSpan, ...] = ()
    features: tuple[str, ...] = ()
    rule: str
    intent: Intent | None
    beaten: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


def trace_question(text: str, today: date) -> ParseTrace:
    """How ``parse_question`` understands ``text`` on the day ``today``. Raises nothing."""
    asked = normalize_question(text)
    if asked is None:
        return ParseTrace(text=plain(text[:TOO_LONG_KEPT]), rule=TOO_LONG, intent=None)
    steps: list[tuple[Stage, str, Sequence[Span]]] = []
    state = extract(asked, today, observe=lambda *step: steps.append(step))
    features = features_of(state)
    deciding, *beaten = (rule for rule in rules() if rule.holds(features))
    question = build_question(asked, state, features, deciding, today)
    spans = [_traced(state, stage, seen, span) for stage, seen, recognized in steps for span in recognized]
    spans += [
        TraceSpan(
            stage=OUT_OF_SCOPE,
            start=span.start,
            end=span.end,
            text=state.text[span.start : span.end],
            recognized=span.subject,
        )
        for span in state.subjects
    ]
    return ParseTrace(
        text=state.text,
        spans=tuple(spans),
        features=tuple(sorted(features)),
        rule=deciding.name,
        intent=deciding.intent,
        beaten=tuple(rule.name for rule in beaten),
        unused=_unused_words(state, question),
    )


def _unused_words(state: ParseState, question: Question) -> tuple[str, ...]:
    if question.words:
        return ()  # every word that nothing explains is searched for
    return tuple(map(state.written, state.unused))


def _traced(state: ParseState, stage: Stage, seen: str, span: Span) -> TraceSpan:
    if isinstance(span, Phrase):
        start, end = state.tokens[span.first].start, state.tokens[span.end - 1].end
    else:
        start, end = span.start, span.end
    return TraceSpan(stage=stage.name, start=start, end=end, text=seen[start:end], recognized=_description(span))


def _description(span: Span) -> str:
    """What a span is, in a few words."""
    match span:
        case Replacement():
            return f'read as "{span.meant}"'
        case FilterSpan():
            return ", ".join(f"{name} = {_filter_value(value)}" for name, value in span.values.items())
        case CodeSpan():
            return _code(span)
        case CodeRange():
            return f"prefix {span.prefix}" if span.prefix else f"{span.first} to {span.last}"
        case ZipSpan():
            return f"ZIP code {span.zip_code}"
        case ManualSpan():
            return f"{span.citation.manual} {span.citation.section}"
        case DaySpan():
            return _day(span)
        case IgnoredSpan():
            return "not the date of service, or a number of a record"
        case QuantitySpan():
            quantity = span.quantity
            per = f" per {quantity.per}" if quantity.per else ""
            role = "" if quantity.role is QuantityRole.DOSE else f" ({quantity.role})"
            return f"{quantity.amount:g} {quantity.unit}".strip() + per + role
        case ValueSpan():
            return f"{span.vocabulary or 'processing_note'} {span.value}"
        case Phrase():
            return ", ".join(sorted(span.tags))


def _filter_value(value: object) -> str:
    return " ".join(sorted(map(str, value))) if isinstance(value, frozenset) else str(value)


def _code(span: CodeSpan) -> str:
    mention = span.mention
    modifiers = f" with {' '.join(mention.modifiers)}" if mention.modifiers else ""
    return f"{mention.system if mention.well_formed else 'malformed'} {mention.code}{modifiers}"


def _day(span: DaySpan) -> str:
    if span.span is None:
        return "not a date of the calendar"
    first, last = span.span
    if span.since:
        return f"since {first}"
    return f"{first}" if first == last else f"{first} to {last}"
