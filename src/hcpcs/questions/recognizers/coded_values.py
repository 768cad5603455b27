"""Coded values as they are named in a question: "coverage code I", "BETOS Z2", "pricing indicator 36", "TOS 9"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from hcpcs.questions.words.phrases import Phrase
from hcpcs.questions.words.tokens import Token
from hcpcs.records.fields import FIELDS
from hcpcs.records.terms.vocabularies import VocabularyName, meaning_of

PROCESSING_NOTE: Final = "processing_note"
"""The field of processing notes, whose numbers are values without a vocabulary."""


class ValueSpan(NamedTuple):
    """A coded value and its place, the name of its field included. ``vocabulary`` is ``None`` for a note."""

    vocabulary: VocabularyName | None
    value: str
    start: int
    end: int


_FORMS: Final[dict[str, tuple[VocabularyName | None, re.Pattern[str]]]] = {
    f"field:{spec.family_name}": (spec.vocabulary, re.compile(spec.pattern, re.IGNORECASE))
    for spec in FIELDS
    if spec.pattern
}
"""The vocabulary of a field's values and how one is written, by the tag of the field's name."""
_LINKS: Final = frozenset("code codes indicator is of value values category letter number no status type".split())
"""Words between the name of a field and its value ("coverage code is I")."""
_SEPARATORS: Final = frozenset(",/")
_JOINTS: Final = frozenset("and or vs versus v".split())
_MEANS: Final = frozenset("mean means meaning stand stands".split())
_IN: Final = frozenset("in for under as".split())
_ASKED_IN: Final = _MEANS | _IN | frozenset("the a an field column".split())
"""Words between a value and the name of its field that follows ("what does N mean in the action code field")."""
_AFTER_PRONOUN: Final = frozenset(
    "can could need should have had get want use am was would will do see bill submit report".split()
)
"""Words by which "I" is the pronoun and not a coverage code ("what coverage code should I use")."""


def find_values(text: str, tokens: Sequence[Token], phrases: Sequence[Phrase]) -> list[ValueSpan]:
    """The coded values beside the name of their field, in order."""
    values: list[ValueSpan] = []
    for phrase in phrases:
        for tag in phrase.tags & _FORMS.keys():
            vocabulary, form = _FORMS[tag]
            for place in _places(text, tokens, phrase, form):
                value = _written(text, tokens[place]).upper()
                if vocabulary is None:
                    value = value.zfill(4)  # a processing note has four digits: "note 88" is 0088
                first, last = min(phrase.first, place), max(phrase.end - 1, place)
                values.append(ValueSpan(vocabulary, value, tokens[first].start, tokens[last].end))
    return sorted(values, key=lambda value: value.end)


def bare_betos(text: str, token: Token) -> ValueSpan | None:
    """A BETOS code that is a word by itself ("what is Z2")."""
    value = _written(text, token).upper()
    _, form = _FORMS["field:betos"]
    if not form.fullmatch(value) or not meaning_of(VocabularyName.BETOS, value):
        return None
    return ValueSpan(VocabularyName.BETOS, value, token.start, token.end)


def _places(text: str, tokens: Sequence[Token], phrase: Phrase, form: re.Pattern[str]) -> Sequence[int]:
    """The places of the values of a field that ``phrase`` names: after it, listed before it, or just before it."""
    if after := list(_following(text, tokens, phrase.end, form)):
        return after
    if before := _listed_before(text, tokens, phrase.first, form):
        return before
    if (place := _before_its_field(text, tokens, phrase.first, form)) is not None:
        return [place]
    if phrase.first and _long_enough(text, tokens[phrase.first - 1], form):
        return [phrase.first - 1]
    return ()


def _following(text: str, tokens: Sequence[Token], place: int, form: re.Pattern[str]) -> Iterator[int]:
    """The places of the values after the name of a field: one, or several that are joined ("C vs D")."""
    while place < len(tokens) and tokens[place].key in _LINKS:
        place += 1
    while place < len(tokens) and form.fullmatch(_written(text, tokens[place])) and not _is_word(text, tokens, place):
        yield place
        following = _after_joint(text, tokens, place)
        if following is None:
            return
        place = following


def _after_joint(text: str, tokens: Sequence[Token], place: int) -> int | None:
    """The place after a comma or slash, a joint ("or") or both that follow a value; ``None`` where none follows."""
    if place + 1 >= len(tokens):
        return None
    if not _SEPARATORS.isdisjoint(text[tokens[place].end : tokens[place + 1].start]):
        return place + 1 + (tokens[place + 1].key in _JOINTS)
    return place + 2 if tokens[place + 1].key in _JOINTS else None


def _listed_before(text: str, tokens: Sequence[Token], end: int, form: re.Pattern[str]) -> list[int]:
    """The places of two or more values in capitals that are joined before the name of a field ("D and C coverage")."""
    places: list[int] = []
    place = end - 1
    while place >= 0 and form.fullmatch(written := _written(text, tokens[place])) and not written.islower():
        places.insert(0, place)
        if place < 2 or tokens[place - 1].key not in _JOINTS:
            break
        place -= 2
    return places if len(places) > 1 else []


def _before_its_field(text: str, tokens: Sequence[Token], end: int, form: re.Pattern[str]) -> int | None:
    """The place of a value in capitals that is asked about in a field ("what does N mean in action code")."""
    place = end - 1
    while place >= 0 and tokens[place].key in _ASKED_IN:
        place -= 1
    asked = {token.key for token in tokens[place + 1 : end]}
    written = _written(text, tokens[place]) if place >= 0 else ""
    is_value = bool(form.fullmatch(written)) and not written.islower() and not _is_word(text, tokens, place)
    return place if is_value and not asked.isdisjoint(_MEANS) and not asked.isdisjoint(_IN) else None


def _is_word(text: str, tokens: Sequence[Token], place: int) -> bool:
    """Whether the letter is the word "I" or "a" of the sentence and not a value."""
    following = tokens[place + 1].key if place + 1 < len(tokens) else ""
    written = _written(text, tokens[place])
    return (written in {"i", "I"} and following in _AFTER_PRONOUN) or (written == "a" and bool(following))


def _long_enough(text: str, token: Token, form: re.Pattern[str]) -> bool:
    """Whether a word before the name of a field is its value: two characters or more, or a letter in quotes."""
    quoted = text[token.start - 1 : token.start] in {'"', "'"} and token.start > 0
    return (quoted or token.end - token.start > 1) and bool(form.fullmatch(_written(text, token)))


def _written(text: str, token: Token) -> str:
    return text[token.start : token.end]
