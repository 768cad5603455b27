"""One reading of a question: everything that it names, which of its words that leaves, and the features about it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence, Set
from datetime import date
from typing import Final, NamedTuple

from hcpcs.questions.features import ASPECTS, features_of_names, features_of_words
from hcpcs.questions.function_words import function_words
from hcpcs.questions.phrases import Phrase, cue_phrases, match_phrases
from hcpcs.questions.recognizers.code_ranges import (
    CodeRange,
    bare_prefix,
    find_prefix,
    find_range,
    find_round,
    find_wildcard,
)
from hcpcs.questions.recognizers.coded_values import ValueSpan, bare_betos, find_values
from hcpcs.questions.recognizers.codes import CodeSpan, scan
from hcpcs.questions.recognizers.dates import DaySpan, find_days
from hcpcs.questions.recognizers.filter_syntax import find_filters
from hcpcs.questions.recognizers.malformed_codes import find_miswritten, perhaps_miswritten
from hcpcs.questions.recognizers.modifiers import is_common
from hcpcs.questions.recognizers.quantities import QuantitySpan, find_quantity
from hcpcs.questions.recognizers.spoken_codes import unspoken
from hcpcs.questions.spelling import repair
from hcpcs.questions.tokens import CODE, DAY, FILTER, RANGE, RecognizedSpan, Token, tokenize
from hcpcs.records.codes import CodeMention, CodeSystem
from hcpcs.search_port import Filters


class Extraction(NamedTuple):
    """What a question names; ``named`` and ``content`` are places of tokens: those that name it, those left over."""

    text: str
    found: tuple[CodeSpan, ...]
    family: CodeRange | None
    days: tuple[DaySpan, ...]
    quantity: QuantitySpan | None
    values: tuple[ValueSpan, ...]
    filters: Filters
    tokens: tuple[Token, ...]
    phrases: tuple[Phrase, ...]
    named: frozenset[int]
    content: tuple[int, ...]
    features: frozenset[str]

    @property
    def mentions(self) -> tuple[CodeMention, ...]:
        """The codes in order of mention, each once."""
        return tuple(dict.fromkeys(one.mention for one in self.found))

    def said(self, section: str) -> tuple[str, ...]:
        """The names said of a section of the lexicon ("payer", "field", "term"), in order."""
        start = section + ":"
        names = (tag[len(start) :] for phrase in self.phrases for tag in sorted(phrase.tags) if tag.startswith(start))
        return tuple(dict.fromkeys(names))


class _Guess(NamedTuple):
    """What the words of a question that names nothing else may be: a value, a family, modifiers, codes miswritten."""

    places: tuple[int, ...] = ()
    found: tuple[CodeSpan, ...] = ()
    family: CodeRange | None = None
    values: tuple[ValueSpan, ...] = ()


_COMPARING: Final = re.compile(r"\bcompar|\bvs\b|\bversus|differ|\bsame as\b|\bsimilar", re.IGNORECASE)
_OF_CHANGES: Final = re.compile(r"chang|new|added|delet|updat|discontin|\bdels?\b|\bdisc\b", re.IGNORECASE)
_TWO: Final = re.compile(r"[A-Z][A-Z0-9]")
_WORDS_BESIDE_AN_ATTEMPT: Final = 3
_GREETINGS_OF_TWO: Final = frozenset({"HI", "OK", "YO"})


def read(text: str, today: date) -> Extraction:
    """The reading of a plain text without Slack's dressing."""
    text = unspoken(repair(text))
    typed = find_filters(text, today)
    rest = _without(text, typed.spans)
    found = scan(rest)
    family = find_range(rest, found, comparing=bool(_COMPARING.search(rest))) or find_round(rest)
    if family:
        found = [one for one in found if not (one.start < family.end and family.start < one.end)]
    rest = _without(rest, ((one.start, one.end) for one in found))
    if family := family or find_wildcard(rest):
        rest = _without(rest, [(family.start, family.end)])
    days = find_days(rest, today, loose=bool(found or family or _OF_CHANGES.search(rest)))
    rest = _without(rest, ((one.start, one.end) for one in days))
    found += find_miswritten(rest)
    found.sort(key=lambda one: one.start)
    quantity = find_quantity(rest)

    row = tokenize(text, _placed(found, family, days, typed.spans))
    said = match_phrases(row)
    values = find_values(text, row, said)
    named = {i for i, token in enumerate(row) if token.key.startswith("#")}
    named.update(i for one in values for i in range(one.first, one.end))
    if family is None and not found and (spoken := find_prefix(text, row, said)):
        family, place = spoken
        named.add(place)
    content = _content(row, said, named)
    features = features_of_words(text, row, said)
    if not (found or family or values):
        guess = _guess(text, row, said, content, features)
        found, family, values = [*guess.found], guess.family, [*guess.values]
        named.update(guess.places)
        content = tuple(i for i in content if i not in guess.places)
    measured = {i for i in content if quantity and quantity.start <= row[i].start < quantity.end}
    features |= features_of_names(
        found=[one.mention for one in found],
        family=bool(family),
        value=bool(values),
        day=bool(days),
        amount=bool(quantity),
        filtered=typed.filters != Filters(),
        alone=measured.issuperset(content) if found else not content,
    )
    return Extraction(
        text=text,
        found=tuple(found),
        family=family,
        days=tuple(days),
        quantity=quantity,
        values=tuple(values),
        filters=typed.filters,
        tokens=tuple(row),
        phrases=tuple(said),
        named=frozenset(named),
        content=content,
        features=frozenset(features),
    )


def _without(text: str, spans: Iterable[tuple[int, int]]) -> str:
    """``text`` with spaces where the spans are."""
    for start, end in spans:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _placed(
    found: Sequence[CodeSpan], family: CodeRange | None, days: Sequence[DaySpan], filters: Sequence[tuple[int, int]]
) -> list[RecognizedSpan]:
    """The spans that are understood already, in order, each with the name of its token."""
    placed = [RecognizedSpan(one.start, one.end, CODE) for one in found]
    placed += [RecognizedSpan(one.start, one.end, DAY) for one in days]
    placed += [RecognizedSpan(*span, FILTER) for span in filters]
    if family:
        placed.append(RecognizedSpan(family.start, family.end, RANGE))
    return sorted(placed)


def _content(row: Sequence[Token], said: Sequence[Phrase], named: set[int]) -> tuple[int, ...]:
    """The tokens that nothing explains: neither a phrase, nor scaffolding, nor something named."""
    scaffolding, subjects = function_words().scaffolding, cue_phrases().subjects
    explained = named.union(*(range(phrase.first, phrase.end) for phrase in said if not phrase.tags <= subjects))
    return tuple(i for i, token in enumerate(row) if i not in explained and token.key not in scaffolding)


def _guess(
    text: str, row: Sequence[Token], said: Sequence[Phrase], content: Sequence[int], features: Set[str]
) -> _Guess:
    """What the words left over may be; nothing if there are words besides that can only be searched for."""
    if len(content) == 1 and (vocabulary := bare_betos(text, row[content[0]])):
        value = text[row[content[0]].start : row[content[0]].end].upper()
        return _Guess(places=(content[0],), values=(ValueSpan(vocabulary, value, content[0], content[0] + 1),))
    tags = {tag.split(":")[0] for phrase in said for tag in phrase.tags}
    if not tags & {"contact_word", "term"} and (modifiers := _bare_modifiers(text, row, said, content)):
        return _Guess(places=tuple(modifiers), found=tuple(_modifier(text, row[i]) for i in modifiers))
    if len(content) == 1 and (family := bare_prefix(text, row[content[0]])):
        return _Guess(places=(content[0],), family=family)
    attempts = {i: one for i in content if (one := perhaps_miswritten(text, row[i]))}
    others = sum(i not in attempts and not _is_digit(text, row[i]) for i in content)
    if "other_system" in features:
        return _Guess()
    if attempts and (others == 0 or (features & ASPECTS and others <= _WORDS_BESIDE_AN_ATTEMPT)):
        return _Guess(places=tuple(attempts), found=tuple(attempts.values()))
    return _Guess()


def _bare_modifiers(text: str, row: Sequence[Token], said: Sequence[Phrase], content: Sequence[int]) -> Sequence[int]:
    """The places of modifiers that are the whole subject of a question ("RR", "what is KX", "RR vs NU")."""
    written = [text[token.start : token.end] for token in row]
    if len(row) == 1 and len(text) == 2 and text.upper() not in _GREETINGS_OF_TWO and (content or text.isupper()):
        content = [0]
    elif not content and not text.isupper() and any(phrase.tags & {"means", "what_is"} for phrase in said):
        taken = {i for phrase in said for i in range(phrase.first, phrase.end)}
        content = [i for i in range(len(row)) if i not in taken and _TWO.fullmatch(written[i])]
    if not all(_TWO.fullmatch(written[i].upper()) for i in content):
        return ()
    if len(content) == 1 and (written[content[0]].isupper() or is_common(written[content[0]])):
        return content
    only = len(content) == len(row) or not text.isupper()
    written_as_such = all(written[i].isupper() for i in content) or all(is_common(written[i]) for i in content)
    return content if only and written_as_such else ()


def _is_digit(text: str, token: Token) -> bool:
    return token.end - token.start == 1 and text[token.start].isdigit()


def _modifier(text: str, token: Token) -> CodeSpan:
    written = text[token.start : token.end]
    mention = CodeMention(code=written.upper(), system=CodeSystem.MODIFIER, written=written)
    return CodeSpan(mention, token.start, token.end)
