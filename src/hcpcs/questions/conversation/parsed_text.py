"""A text of a conversation, taken apart and understood: what it names itself, and what is left unexplained."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from hcpcs.questions.extraction.extractor import extract
from hcpcs.questions.extraction.features import features_of
from hcpcs.questions.extraction.parse_state import ParseState
from hcpcs.questions.intent_rules import decide
from hcpcs.questions.parser import build_question
from hcpcs.questions.question import Question
from hcpcs.questions.recognizers.places import Place, find_place
from hcpcs.records.codes import CodeSystem


class ParsedText(NamedTuple):
    """A text, taken apart and understood."""

    text: str
    state: ParseState
    features: frozenset[str]
    question: Question
    place: Place

    @property
    def named(self) -> bool:
        """Whether a code, range or value is named; the abbreviation of a state is read as a modifier, too."""
        codes = [span.mention for span in self.state.codes]
        only_place = all(one.system is CodeSystem.MODIFIER and one.code == self.place.area for one in codes)
        only_place = only_place and "means" not in self.features
        spans = self.state.code_range or self.state.values or self.state.manual_sections
        return bool(spans or (codes and not only_place))

    @property
    def only_modifiers(self) -> bool:
        """Whether modifiers are named, and nothing else."""
        codes = [span.mention for span in self.state.codes]
        return bool(codes) and all(one.system is CodeSystem.MODIFIER for one in codes) and not self.state.code_range

    @property
    def leftover(self) -> list[int]:
        """The offsets of the words that nothing explains."""
        tokens = (self.state.tokens[place] for place in self.state.unused)
        return [token.start for token in tokens if token.key not in self.place.words]

    @property
    def circumstances(self) -> bool:
        """Whether a day, a payer or a place is named."""
        question = self.question
        return bool(question.day or question.since or question.payer or question.names_medicare or question.area)


def parse(text: str, today: date) -> ParsedText:
    """``text`` taken apart and understood on the day ``today``."""
    state = extract(text, today)
    features = features_of(state)
    question = build_question(text, state, features, decide(features), today)
    return ParsedText(text, state, features, question, find_place(state.text, state.rest, state.zip_span))
