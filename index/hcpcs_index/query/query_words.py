"""The words of a query that name what it asks for: without those of any question and those of a billing unit."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from hcpcs_index.inverted_index.search_table import SearchTable
from hcpcs_index.search_limits import MAX_WORDS
from hcpcs_index.text.analysis import Word, tokenize_folded
from hcpcs_index.text.unit_words import PER_DIEM, without_units
from hcpcs_index.text.word_lists import DIAGNOSES, QUERY_STOP_WORDS, SPANISH_STOP_WORDS

# What leads to the case that an item is for: "eyeglasses after cataract surgery" asks for eyeglasses.
_CASE: Final = re.compile(
    r" (?:after|following|due to|because of|status post|s/p|para (?:la|el|los|las|mis?|sus?|una?)) "
)
# Whose case follows: of "stander for a kid with CP" only "stander for a kid" is asked for.
_PATIENT: Final = re.compile(
    r" (?:patient|pt|client|member|resident|kid|child|baby|person|someone|man|woman|paciente|nino)s?"
    r"(?= (?:with|who|con) )"
)
_BRAND: Final = "brand"
_PACKAGES: Final = frozenset(
    {"syringe", "syringes", "prefilled", "vial", "vials", "autoinjector", "autoinjectors", "film", "films"}
)
"""What a drug comes in ("suboxone film"). A "pen" is an item of its own for insulins."""
_NAME: Final = 6
"""Minimum letters of a word of a description that is taken for a brand."""
_FEW: Final = 4
"""Maximum codes that a brand is in the descriptions of."""
_COUNTS: Final = frozenset({"1", "2", "3", "one", "two", "three", "single"})
_WITH: Final = re.compile(r" (?:with|w/|con) ")


def meaningful_words(folded: str, stem: Callable[[str], str], *, typing: bool = False) -> list[Word]:
    """The words without those of any question ("code for"), unless there are no others."""
    words = tokenize_folded(folded, stem)
    if typing and not words and folded.isalnum():
        words = [Word(folded, folded)]
    return [word for word in words if word.surface not in QUERY_STOP_WORDS][:MAX_WORDS] or words[:MAX_WORDS]


def split_units(words: list[Word], folded: str, stem: Callable[[str], str], name: str) -> tuple[list[Word], str]:
    """The words and the text without the unit that the item is billed by, unless nothing else is left.

    The unit decides between the codes of an item (see ``results.wording``); it names none, but for "per diem" and
    where the ``name`` of an item within the query has it: "LPN per hour".
    """
    shorter = without_units(folded)
    if shorter == folded or PER_DIEM in folded:
        return words, folded
    kept = {word.surface for word in tokenize_folded(shorter, stem)}
    units = {word.surface for word in tokenize_folded(folded, stem)} - kept
    left = [word for word in words if word.surface not in units]
    return (left, shorter) if left and units.isdisjoint(name.split()) else (words, folded)


def known_words(words: list[Word], table: SearchTable) -> list[Word]:
    """The words as the records spell them, and in a Spanish query without its small words ("la", "esta").

    A variant spelling would otherwise hide a name of several words: "cathater bag". A word that the records have, such
    as the "LA" of some drugs, counts in any other query.
    """
    spellings = table.synonyms.spellings
    if not spellings.keys().isdisjoint([word.surface for word in words]):
        words = [_spelled(word, spellings, table.stem) for word in words]
    if SPANISH_STOP_WORDS.isdisjoint([word.surface for word in words]) or not _is_spanish(words, table):
        return words
    return [word for word in words if word.surface not in SPANISH_STOP_WORDS] or words


def without_packages(words: list[Word], table: SearchTable) -> list[Word]:
    """The words without what the drug of a brand comes in, and how many: of "prolia 1 syringe" the drug is asked for.

    A brand is one of the synonyms, or a word of the descriptions of drugs alone: "euflexxa 1 syringe".
    """
    if _PACKAGES.isdisjoint([word.surface for word in words]):
        return words
    places = [(at,) for at in range(len(words))] + table.synonyms.match_phrases(words)
    names = (table.synonyms.find([words[at] for at in place]) for place in places)
    brands = [name for name in names if name and name.kind == _BRAND]
    in_records = any(_is_of_drugs(word, table) for word in words)
    if not (brands or in_records) or any(
        _PACKAGES & {*target.text.split()} for brand in brands for target in brand.targets
    ):
        return words
    dropped = {at for at, word in enumerate(words) if word.surface in _PACKAGES}
    dropped |= {at - 1 for at in dropped if words[at - 1].surface in _COUNTS}
    return [word for at, word in enumerate(words) if at not in dropped]


def _is_of_drugs(word: Word, table: SearchTable) -> bool:
    """Whether a long word is in the records of a few codes, all of them of drugs."""
    codes = [table.codes[number] for number in table.postings.get(word.stem)]
    return len(word.surface) >= _NAME and 0 < len(codes) <= _FEW and all(code.startswith("J") for code in codes)


def _spelled(word: Word, spellings: Mapping[str, str], stem: Callable[[str], str]) -> Word:
    usual = spellings.get(word.surface)
    return word if usual is None else Word(usual, stem(usual), word.hyphenated)


def _is_spanish(words: Sequence[Word], table: SearchTable) -> bool:
    """Whether a word of the query is one of a Spanish name and of no record."""
    spanish = table.synonyms.spanish_words
    return any(word.surface in spanish and word.stem not in table.postings for word in words)


def case_start(words: Sequence[Word], folded: str, stem: Callable[[str], str]) -> int:
    """The position from which on the words say in what case an item is asked for; behind the last without one."""
    case, patient, sign = _CASE.search(folded), _PATIENT.search(folded), _WITH.search(folded)
    starts = [case.start()] if case else []
    starts += [patient.end()] if patient else []
    # "Stander with CP" has no other thing that the item comes with.
    starts += [sign.start()] if sign and not DIAGNOSES.isdisjoint(folded[sign.end() :].split()) else []
    return len(meaningful_words(folded[: min(starts)], stem)) if starts else len(words)
