"""The state of one parse: what the stages have recognized in a text so far, and what is left of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import pairwise

from hcpcs.questions.recognizers.coded_values import ValueSpan
from hcpcs.questions.recognizers.codes.code_ranges import CodeRange
from hcpcs.questions.recognizers.codes.code_scanner import CodeSpan
from hcpcs.questions.recognizers.dates.date_scanner import DaySpan
from hcpcs.questions.recognizers.dates.day_cues import IgnoredSpan
from hcpcs.questions.recognizers.filter_syntax import FilterSpan
from hcpcs.questions.recognizers.places import ZipSpan
from hcpcs.questions.recognizers.quantities.quantity_roles import not_the_drug
from hcpcs.questions.recognizers.quantities.related_quantities import QuantitySpan
from hcpcs.questions.recognizers.spelling import Replacement
from hcpcs.questions.recognizers.subjects.manual_sections import ManualSpan
from hcpcs.questions.recognizers.subjects.subject_cues import SubjectSpan, find_subjects
from hcpcs.questions.subject import subjects_beyond_record
from hcpcs.questions.words.function_words import function_words
from hcpcs.questions.words.phrases import Phrase, cue_phrases
from hcpcs.questions.words.tokens import CODE, DAY, FILTER, IGNORED, RANGE, RecognizedSpan, Token, blank_out, tokenize
from hcpcs.records.billing.units import unit_of
from hcpcs.records.codes import CodeMention

Span = (
    Replacement
    | FilterSpan
    | ManualSpan
    | ZipSpan
    | CodeSpan
    | CodeRange
    | DaySpan
    | IgnoredSpan
    | QuantitySpan
    | Phrase
    | ValueSpan
)
"""What a stage can recognize. Its place is given by offsets in the text; that of a ``Phrase`` by numbers of tokens."""


class ParseState:
    """What is recognized in one text so far.

    ``rest`` is the text with spaces where something is recognized. The text is split into tokens when the first
    stage asks for them; what is recognized by then is one token each, and what is recognized later covers tokens.
    """

    def __init__(self, text: str, today: date) -> None:
        self.text = text
        self.rest = text
        self.today = today
        self.filters: list[FilterSpan] = []
        self.zip_span: ZipSpan | None = None
        self.codes: list[CodeSpan] = []
        self.code_range: CodeRange | None = None
        self.days: list[DaySpan] = []
        self.ignored: list[IgnoredSpan] = []
        self.manual_sections: list[ManualSpan] = []
        self.quantities: list[QuantitySpan] = []
        self.phrases: list[Phrase] = []
        self.values: list[ValueSpan] = []
        self._tokens: list[Token] | None = None
        self._named: set[int] = set()
        self._keys: frozenset[str] = frozenset()
        self._mentions: tuple[CodeMention, ...] | None = None
        self._content: tuple[int, ...] | None = None
        self._tags: frozenset[str] | None = None
        self._subjects: tuple[SubjectSpan, ...] | None = None

    def claim(self, spans: Sequence[Span]) -> None:
        """Keep what a stage recognized, and take it out of the rest of the text."""
        replacements = [span for span in spans if isinstance(span, Replacement)]
        if replacements:
            self.text = self.rest = _replaced(self.text, replacements)
        covered = [place for span in spans if (place := self._keep(span)) is not None]
        self.codes.sort(key=lambda code: code.start)
        self._cover(covered)
        self._content = self._tags = self._subjects = self._mentions = None

    def _keep(self, span: Span) -> tuple[int, int] | None:
        """Keep one span; returns the place that it takes out of the rest of the text, if any."""
        match span:
            case FilterSpan():
                self.filters.append(span)
            case ZipSpan():
                self.zip_span = span
            case CodeSpan():
                self.codes.append(span)
            case CodeRange():
                self.code_range = span
                self.codes = [code for code in self.codes if code.end <= span.start or span.end <= code.start]
            case DaySpan():
                self.days.append(span)
            case ManualSpan():
                self.manual_sections.append(span)
            case IgnoredSpan():
                self.ignored.append(span)
            case QuantitySpan():
                self.quantities.append(span)
                return None
            case ValueSpan():
                self.values.append(span)
            case Phrase():
                self.phrases.append(span)
                return None
            case Replacement():
                return None
        return span.start, span.end

    def _cover(self, spans: Sequence[tuple[int, int]]) -> None:
        """Take spans out of the rest, or out of the words once there are tokens."""
        if self._tokens is None:
            self.rest = blank_out(self.rest, spans)
        else:
            self._named |= self._places_in(spans)

    def _places_in(self, spans: Iterable[tuple[int, int]]) -> set[int]:
        """The places of the tokens that start within any of the spans."""
        covered = bytearray(self.tokens[-1].end if self.tokens else 0)
        for start, end in spans:
            covered[start:end] = b"\x01" * len(covered[start:end])
        return {place for place, token in enumerate(self.tokens) if covered[token.start]}

    @property
    def tokens(self) -> list[Token]:
        """The tokens of the text."""
        if self._tokens is None:
            self._tokens = tokenize(self.text, self._recognized())
            self._named = {i for i, token in enumerate(self._tokens) if token.key.startswith("#")}
            self._keys = frozenset(token.key for token in self._tokens)
        return self._tokens

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the tokens."""
        return self._keys if self.tokens else frozenset()

    def _recognized(self) -> list[RecognizedSpan]:
        recognized = [RecognizedSpan(code.start, code.end, CODE) for code in self.codes]
        recognized += [RecognizedSpan(day.start, day.end, DAY) for day in self.days]
        recognized += [RecognizedSpan(span.start, span.end, IGNORED) for span in self.ignored]
        recognized += [RecognizedSpan(span.start, span.end, IGNORED) for span in self.manual_sections]
        recognized += [RecognizedSpan(span.start, span.end, FILTER) for span in self.filters]
        if self.zip_span:
            recognized.append(RecognizedSpan(self.zip_span.start, self.zip_span.end, IGNORED))
        if self.code_range:
            recognized.append(RecognizedSpan(self.code_range.start, self.code_range.end, RANGE))
        return sorted(recognized)

    @property
    def quantity(self) -> QuantitySpan | None:
        """The first amount with a unit."""
        return next((span for span in self.quantities if span.quantity.unit), None)

    @property
    def measure(self) -> QuantitySpan | None:
        """The first amount in a unit of measure, which is not a count of things."""
        return next((span for span in self.quantities if (one := unit_of(span.quantity.unit)) and one.divisible), None)

    @property
    def measured(self) -> frozenset[int]:
        """The places of the tokens in which amounts are."""
        return frozenset(self._places_in((span.start, span.end) for span in self.quantities))

    @property
    def named(self) -> frozenset[int]:
        """The places of the tokens that name a code, range, day, filter or value."""
        return frozenset(self._named)

    @property
    def content(self) -> tuple[int, ...]:
        """The places of the tokens that nothing explains: no phrase, no scaffolding, nothing recognized."""
        if self._content is None:
            tokens = self.tokens
            scaffolding, subjects = function_words().scaffolding, cue_phrases().subjects
            phrases = (phrase for phrase in self.phrases if not phrase.tags <= subjects)
            explained = self._named.union(*(range(phrase.first, phrase.end) for phrase in phrases))
            self._content = tuple(
                i for i, token in enumerate(tokens) if i not in explained and token.key not in scaffolding
            )
        return self._content

    @property
    def subjects(self) -> tuple[SubjectSpan, ...]:
        """The subjects that no record states, in the order of their table; words of them stay words."""
        if self._subjects is None:
            # "denial date 4/20/2024, DOS 3/20/2024 is J1040 covered", "auth # A123": a label is not what is asked.
            labels = [
                (span.start, span.end)
                for span in self.ignored
                if (span.labeled and self.codes) or self.days or "#" in self.text[span.start : span.end]
            ]
            labels += [(day.start, day.end) for day in self.days if day.marked and self.codes]
            self._subjects = find_subjects(blank_out(self.text, labels), self.codes, self.measure)
        return self._subjects

    @property
    def deciding_subjects(self) -> tuple[SubjectSpan, ...]:
        """Those of ``subjects`` that can decide the answer: a side subject only where no code is named."""
        table = subjects_beyond_record()
        return tuple(span for span in self.subjects if not (self.codes and table[span.subject].side))

    @property
    def unused(self) -> tuple[int, ...]:
        """The places of the content that no amount, no word of giving a drug and no subject explains, either."""
        used = self.measured | self._places_in((span.start, span.end) for span in self.subjects)
        beside_a_dose = not_the_drug() if self.quantity else frozenset()
        return tuple(
            place for place in self.content if place not in used and self.tokens[place].key not in beside_a_dose
        )

    @property
    def names_a_subject(self) -> bool:
        """Whether a code, a range of codes or a coded value is recognized."""
        return bool(self.codes or self.code_range or self.values)

    @property
    def mentions(self) -> tuple[CodeMention, ...]:
        """The codes in order of mention, each once."""
        if self._mentions is None:
            self._mentions = tuple(dict.fromkeys(code.mention for code in self.codes))
        return self._mentions

    @property
    def tags(self) -> frozenset[str]:
        """The tags of the phrases, and the sections of these tags ("payer:Aetna" and "payer")."""
        if self._tags is None:
            tags = {tag for phrase in self.phrases for tag in phrase.tags}
            self._tags = frozenset(tags | {tag.partition(":")[0] for tag in tags})
        return self._tags

    def tagged(self, section: str) -> tuple[str, ...]:
        """The names that the phrases give in a section ("payer", "field", "term"), in order, each once."""
        if section not in self.tags:
            return ()
        start = section + ":"
        names = (tag[len(start) :] for phrase in self.phrases for tag in sorted(phrase.tags) if tag.startswith(start))
        return tuple(dict.fromkeys(names))

    @property
    def letters(self) -> tuple[str, ...]:
        """The letters whose codes are named, in order: K and E of "K codes that became E codes"."""
        terms = (term.removesuffix("_codes") for term in self.tagged("term") if term.endswith("_codes"))
        return tuple(letter.upper() for letter in terms if len(letter) == 1)

    @property
    def expects_no(self) -> bool:
        """Whether the question expects a no; "covered or not" does not."""
        negations = function_words().expects_no
        keys = ["", *(token.key for token in self.tokens)]
        return any(
            (key in negations and before != "or") or (before, key) == ("no", "longer") for before, key in pairwise(keys)
        )

    def written(self, place: int) -> str:
        """The text of a token as it was written."""
        token = self.tokens[place]
        return self.text[token.start : token.end]


def _replaced(text: str, replacements: Iterable[Replacement]) -> str:
    """``text`` with each replacement, which are in order and don't overlap, put where it belongs."""
    parts, position = [], 0
    for start, end, meant in replacements:
        parts += [text[position:start], meant]
        position = end
    return "".join((*parts, text[position:]))
