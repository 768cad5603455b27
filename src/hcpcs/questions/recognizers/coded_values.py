"""Coded values as they are named in a question: "coverage code I", "BETOS Z2", "pricing indicator 36", "TOS 9"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from hcpcs.questions.phrases import Phrase
from hcpcs.questions.tokens import Token
from hcpcs.records.fields import FIELDS
from hcpcs.records.vocabularies import VocabularyName, meaning_of

PROCESSING_NOTE: Final = "processing_note"


class ValueSpan(NamedTuple):
    """A coded value and the tokens that name it, its field included. ``vocabulary`` is ``None`` for a note."""

    vocabulary: VocabularyName | None
    value: str
    first: int
    end: int


_FORMS: Final[dict[str, tuple[VocabularyName | None, re.Pattern[str]]]] = {
    f"field:{spec.family_name}": (spec.vocabulary, re.compile(spec.pattern, re.IGNORECASE))
    for spec in FIELDS
    if spec.pattern
}
_LINKS: Final = frozenset("code codes indicator is of value values category letter number no status type".split())
_JOINTS: Final = frozenset("and or vs versus v".split())
_AFTER_PRONOUN: Final = frozenset(
    "can could need should have had get want use am was would will do see bill submit report".split()
)
_BARE_BETOS: Final = re.compile("[DIMOPTYZ][0-9][A-Z]?")


def find_values(text: str, row: Sequence[Token], said: Sequence[Phrase]) -> list[ValueSpan]:
    """The coded values that stand beside the name of their field, in order."""
    found: list[ValueSpan] = []
    for phrase in said:
        for tag in phrase.tags & _FORMS.keys():
            vocabulary, form = _FORMS[tag]
            places = list(_following(text, row, phrase.end, form))
            if not places:
                places = _listed_before(text, row, phrase.first, form)
            if not places and phrase.first and _long_enough(text, row[phrase.first - 1], form):
                places = [phrase.first - 1]
            for place in places:
                value = _written(text, row[place]).upper()
                value = value.zfill(4) if vocabulary is None else value
                found.append(ValueSpan(vocabulary, value, min(phrase.first, place), max(phrase.end, place + 1)))
    return sorted(found, key=lambda one: one.end)


def bare_betos(text: str, token: Token) -> VocabularyName | None:
    """BETOS if a word that stands alone ("what is Z2") is one of its values."""
    value = _written(text, token).upper()
    known = _BARE_BETOS.fullmatch(value) and meaning_of(VocabularyName.BETOS, value)
    return VocabularyName.BETOS if known else None


def _following(text: str, row: Sequence[Token], place: int, form: re.Pattern[str]) -> Iterator[int]:
    """The places of the values after the name of a field: one, or several that are joined ("C vs D")."""
    while place < len(row) and row[place].key in _LINKS:
        place += 1
    while place < len(row) and form.fullmatch(_written(text, row[place])) and not _is_word(text, row, place):
        yield place
        if place + 1 < len(row) and "," in text[row[place].end : row[place + 1].start]:
            place += 1
            place += row[place].key in _JOINTS
        elif place + 1 < len(row) and row[place + 1].key in _JOINTS:
            place += 2
        else:
            return


def _listed_before(text: str, row: Sequence[Token], end: int, form: re.Pattern[str]) -> list[int]:
    """The places of two or more values in capitals that are joined before the name of a field ("D and C coverage")."""
    places: list[int] = []
    place = end - 1
    while place >= 0 and form.fullmatch(written := _written(text, row[place])) and not written.islower():
        places.insert(0, place)
        if place < 2 or row[place - 1].key not in _JOINTS:
            break
        place -= 2
    return places if len(places) > 1 else []


def _is_word(text: str, row: Sequence[Token], place: int) -> bool:
    """Whether the letter is the word "I" or "a" of the sentence and not a value."""
    following = row[place + 1].key if place + 1 < len(row) else ""
    written = _written(text, row[place])
    return (written in {"i", "I"} and following in _AFTER_PRONOUN) or (written == "a" and bool(following))


def _long_enough(text: str, token: Token, form: re.Pattern[str]) -> bool:
    """Whether a word before the name of a field is its value: two characters or more, or a letter in quotes."""
    quoted = text[token.start - 1 : token.start] in {'"', "'"} and token.start > 0
    return (quoted or token.end - token.start > 1) and bool(form.fullmatch(_written(text, token)))


def _written(text: str, token: Token) -> str:
    return text[token.start : token.end]
