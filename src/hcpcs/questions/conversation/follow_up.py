"""Follow-ups: a question that leaves out what the conversation is about, completed by it.

The completed question is a text, so that a button that asks it again needs no memory of the conversation.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final, NamedTuple

from hcpcs.questions.conversation.follow_up_words import follow_up_words
from hcpcs.questions.conversation.topic import Topic
from hcpcs.questions.extraction.extractor import extract
from hcpcs.questions.extraction.features import features_of
from hcpcs.questions.extraction.parse_state import ParseState
from hcpcs.questions.intent_rules import decide
from hcpcs.questions.parser import build_question, normalize_question
from hcpcs.questions.question import Intent, Question
from hcpcs.questions.recognizers.places import Place, find_place
from hcpcs.questions.subject import Subject
from hcpcs.records.billing.areas import areas
from hcpcs.records.codes import CodeSystem, is_modifier
from hcpcs.records.record import Frozen

FOLLOW_UP_LIMIT: Final = 200
"""Maximum characters of a follow-up: a longer text says what it is about."""
_SMALL_TALK: Final = frozenset({"thanks", "feedback", "farewell", "greeting"})
_SEEKS_A_CODE: Final = frozenset({"code_for", "code_word", "which_one"})
_RELATED: Final = frozenset({"compare", "replaces", "bills"})
"""Features of a question that relates a code that it names to another ("compare it with E0470")."""
_OF_A_RECORD: Final = frozenset(
    {
        Subject.COVERAGE,
        Subject.PRICE,
        Subject.STATUS,
        Subject.REPLACEMENT,
        Subject.FIELD,
        Subject.UNITS,
        Subject.HISTORY,
        Subject.COMPARISON,
    }
)
"""The subjects that a record states, as far as words without a code can ask for them."""
_ANY_CODE: Final = Topic(codes=("E0000",))
"""Stands for a topic where there is none, to see whether a question needs one."""
_DEFINITE: Final = re.compile(r"\bthe\b", re.IGNORECASE)
"""In "what is the price" the price is that of the topic; "what is an LCD" asks for a definition."""
_STANDS_ALONE: Final = frozenset({Intent.CHANGES, Intent.CONTACT, Intent.BROWSE})
"""Intents of questions without a code that ask for nothing more, unless a connective opens them."""


class FollowUp(Frozen):
    """A completed question. ``taken_for`` are the words that the codes of the topic stand for, blank for none."""

    text: str
    topic: Topic
    taken_for: str = ""


class MissingReferent(Frozen):
    """A question that refers to codes where the conversation is about none; ``words`` are those that refer."""

    words: str = ""


class _Parsed(NamedTuple):
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


class _Reference(NamedTuple):
    """The words of a text that refer to codes, and where they are."""

    start: int
    end: int
    words: str


def complete(text: str, topic: Topic | None, today: date) -> FollowUp | MissingReferent | None:
    """The question that ``text`` asks in a conversation about ``topic``; ``None`` where it stands by itself.

    Raises nothing, for text of any content and length.
    """
    asked = normalize_question(text)
    if not asked or len(asked) > FOLLOW_UP_LIMIT:
        return None
    parsed = _parse(asked, today)
    if not parsed.features.isdisjoint(_SMALL_TALK):
        return None
    reference = _find_reference(parsed)
    if topic is not None:
        return _complete(parsed, topic, reference, today)
    if reference is None and (parsed.named or not follow_up_words().connectives.match(asked.lower())):
        return None
    completed = _complete(parsed, _ANY_CODE, reference, today)
    if completed is None or _parse(completed.text, today).leftover:
        return None
    return MissingReferent(words=completed.taken_for)


def _complete(parsed: _Parsed, topic: Topic, reference: _Reference | None, today: date) -> FollowUp | None:
    connective = follow_up_words().connectives.match(parsed.text.lower())
    rest = parsed.text[connective.end() :] if connective else parsed.text
    if parsed.named and not (reference and parsed.only_modifiers):
        return _with_named_codes(parsed, topic, reference, rest, today)
    if reference is not None:
        return _with_reference(parsed, topic, reference, today)
    return _with_ellipsis(parsed, topic, rest, today, goes_on=connective is not None)


def _with_named_codes(
    parsed: _Parsed, topic: Topic, reference: _Reference | None, rest: str, today: date
) -> FollowUp | None:
    """A question that relates a code to those of the topic, or asks the same of another code ("and E0470?")."""
    if parsed.state.code_range or parsed.state.values:
        return None
    codes = parsed.state.codes
    if reference is not None:
        before = reference.start < min(span.start for span in codes)
        if parsed.features.isdisjoint(_RELATED) and Subject.BILLED_TOGETHER not in parsed.question.out_of_scope:
            return None
        if before or ("compare" in parsed.features and len(codes) == 1):
            return _finish(_replaced(parsed.text, reference, topic), parsed, topic, today, reference.words)
        return None
    wording = follow_up_words().wordings.get(topic.subject)
    named = [span.mention.code for span in codes]
    only_codes = parsed.question.subject is Subject.DESCRIPTION and not parsed.leftover and not parsed.circumstances
    if (
        rest == parsed.text
        or not only_codes
        or parsed.only_modifiers
        or wording is None
        or topic.subject is Subject.COMPARISON
    ):
        return None
    again = topic.model_copy(update={"codes": tuple(named)})
    return _finish(wording.format(codes=_codes_text(named)), parsed, again, today)


def _with_reference(parsed: _Parsed, topic: Topic, reference: _Reference, today: date) -> FollowUp | None:
    """A question in which a word stands for the codes ("is it covered?")."""
    if parsed.leftover and not parsed.features.isdisjoint(_SEEKS_A_CODE):
        return None
    follow_up = _finish(_replaced(parsed.text, reference, topic), parsed, topic, today, reference.words)
    if follow_up is None:
        return None
    # "knee brace, is it covered?": what the word stands for is in the question itself.
    completed = _parse(follow_up.text, today)
    return None if any(start < reference.start for start in completed.leftover) else follow_up


def _with_ellipsis(parsed: _Parsed, topic: Topic, rest: str, today: date, *, goes_on: bool) -> FollowUp | None:
    """A question that leaves the codes out ("and in 2019?", "what about the rental?")."""
    question = parsed.question
    defines = question.intent is Intent.DEFINE or "what_is" in parsed.features
    if not goes_on and (question.intent in _STANDS_ALONE or (defines and not _DEFINITE.search(parsed.text))):
        return None
    asked_of_a_code = follow_up_words().asked_of_a_code
    if not goes_on and question.intent is Intent.REFERRAL and question.subject not in asked_of_a_code:
        return None
    about_codes = _parse(f"{_codes_text(topic.codes)} {rest}", today)
    if about_codes.leftover:
        return None
    if about_codes.question.subject in asked_of_a_code | _OF_A_RECORD:
        return _finish(about_codes.text, parsed, topic, today)
    if not parsed.circumstances:
        return None
    wording = follow_up_words().wordings.get(topic.subject, "{codes}")
    return _finish(f"{wording.format(codes=_codes_text(topic.codes))} {rest}", parsed, topic, today)


def _finish(text: str, parsed: _Parsed, topic: Topic, today: date, taken_for: str = "") -> FollowUp | None:
    """The completed question with the payer, place and day of the topic where it names none of its own.

    ``None`` where it is not understood as a question about the codes of the topic.
    """
    asked = parsed.question
    payer = None if asked.payer or asked.names_medicare or asked.part else topic.payer
    area = None if asked.area or asked.zip_code else topic.area
    day = None if asked.day or asked.since or asked.day_written else topic.day
    ends = [
        f"by {_payer_text(payer, today)}" if payer else "",
        f"in {areas()[area].name}" if area and areas()[area].name not in (payer or "") else "",
        f"on {day.isoformat()}" if day else "",
    ]
    completed = " ".join(part for part in (text.rstrip(" ?!."), *ends) if part)
    understood = _parse(completed, today)
    if not set(topic.codes) <= {mention.code for mention in understood.question.codes}:
        return None
    used = topic.model_copy(update={"payer": payer, "area": area, "day": day})
    return FollowUp(text=f"{completed}?", topic=used, taken_for=taken_for)


def _find_reference(parsed: _Parsed) -> _Reference | None:
    """The first word that stands for codes. Apostrophes stay, so that offsets do ("it's" is not a reference)."""
    words = follow_up_words()
    lower = parsed.text.lower()
    if len(lower) != len(parsed.text) or words.expletives.search(lower.replace("'", "")):
        return None
    match = words.references.search(lower)
    if match is None:
        content = {parsed.state.tokens[place].start for place in parsed.state.content}
        starts = [token.start for token in parsed.state.tokens]
        for one in words.demonstratives.finditer(lower):
            following = next((start for start in starts if start >= one.end()), None)
            if following not in content:
                match = one
                break
    return None if match is None else _Reference(match.start(), match.end(), parsed.text[match.start() : match.end()])


def _replaced(text: str, reference: _Reference, topic: Topic) -> str:
    return f"{text[: reference.start]}{_codes_text(topic.codes)}{text[reference.end :]}"


def _codes_text(codes: Sequence[str]) -> str:
    """Codes as a question names them: the modifiers HI and NO are words, too."""
    return " and ".join(f"modifier {code}" if is_modifier(code) else code for code in codes)


def _payer_text(payer: str, today: date) -> str:
    """A payer as a question names it: Horizon and Oscar are payers only before "health"."""
    return payer if _parse(f"covered by {payer}", today).question.payer == payer else f"{payer} health plan"


def _parse(text: str, today: date) -> _Parsed:
    state = extract(text, today)
    features = features_of(state)
    question = build_question(text, state, features, decide(features), today)
    return _Parsed(text, state, features, question, find_place(state.text, state.rest))
