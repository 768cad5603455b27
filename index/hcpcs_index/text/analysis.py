"""Tokenizing: one analysis for the records' text, the synonyms and what people type.

A word has a surface (as the text has it, folded) and a stem (as it is indexed). A number and its unit are one word:
"10 mg" and "10mg" are ``10mg``; "per 15 min" and "each 15 minutes" both give ``15min``. Codes, numbers and letters
with digits are never stemmed. Hyphenated words are split, and their joined form is indexed beside the parts, so that
"non-emergency", "non emergency" and "nonemergency" find each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from hcpcs_index.search_limits import MAX_CHARACTERS, MAX_HYPHENATED_WORDS
from hcpcs_index.text.stemming import stem_of
from hcpcs_index.text.word_lists import LETTER_AFTER, STOP_WORDS, UNIT_OF, UNIT_OPENINGS, UNITS_IN_WORDS

Stemmer = Callable[[str], str]
"""Gives the stem of a surface: ``stem_of``, or a look-up in front of it."""


class Word(NamedTuple):
    """One word: ``surface`` as written (folded), ``stem`` as indexed; ``hyphenated`` if a hyphen joins the next."""

    surface: str
    stem: str
    hyphenated: bool = False


_CONTROLS: Final = dict.fromkeys((*range(32), 127), " ")
_QUOTES: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "`": "'"})
_MARKS: Final = str.maketrans({"®": " ", "™": " ", "©": " "})

_LETTERS: Final = re.compile(r"[a-z]+")
# What a text has that is more than words of letters: a number, or two words that a hyphen joins.
_DIGIT_OR_HYPHEN: Final = re.compile(r"[0-9-]")
# Any character but letters, digits, spaces and hyphens, or the opening of a unit of several words ("square inch").
_REWRITABLE: Final = re.compile(rf"[^a-z0-9 -]|\b(?:{'|'.join(sorted(UNIT_OPENINGS))})\b")
# What every match of a pattern contains, the pattern, and what replaces it. Most texts have none of the first.
_REWRITES: Final[tuple[tuple[str, re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]] = (
    # "w/c cushion", "w/o battery", "w/ battery", "needles & syringes"
    ("w/c", re.compile(r"\bw/c\b"), " wheelchair "),
    ("w/o", re.compile(r"\bw/o\b"), " without "),
    ("w/", re.compile(r"\bw/"), " with "),
    ("&", re.compile(r"&"), " and "),
    # "1000 i.u.", "per sq. cm", "16 square inches", "18-30 mm/Hg"
    *UNITS_IN_WORDS,
    # "1,000 units" -> "1000", ".5 mg" -> "0.5"
    (",", re.compile(r"(?<=\d),(?=\d{3}(?!\d))"), ""),
    (".", re.compile(r"(?<![\d.])\.(?=\d)"), "0."),
    # "Depo-Testadiol L.A." -> "la"; "patient's" -> "patient"; "o'brien" -> "obrien"
    (".", re.compile(r"\b(?:[a-z]\.){2,}[a-z]?(?![a-z])"), lambda match: match[0].replace(".", "")),
    ("'", re.compile(r"(?<=[a-z])'s?(?![a-z])"), ""),
    ("'", re.compile(r"(?<=[a-z])'(?=[a-z])"), ""),
)
# A number with its unit ("10 mg", "10-mg", "5%"), a decimal ("0.5"), or a run of letters and digits ("b12", "tc99m").
# Longer forms of units come first, so that "milligrams" is not read as "m" and the rest.
_TOKEN: Final = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)[ -]?(?P<unit>"
    + "|".join(sorted((re.escape(form) for form in UNIT_OF), key=len, reverse=True))
    + r")(?![a-z0-9])|\d+\.\d+|[a-z0-9]+"
)


def fold(text: str) -> str:
    """The text in lower case and single spaces, without accents, control characters and compatibility forms."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.translate(_MARKS)).translate(_QUOTES)
        letters = (c for c in decomposed if not unicodedata.combining(c))
        text = "".join([" " if unicodedata.category(c)[0] in "CZ" else c for c in letters])
    if not text.isprintable():
        text = text.translate(_CONTROLS)
    return " ".join(text.lower().split())


def fold_query(text: str) -> str:
    """A query folded and cut to ``MAX_CHARACTERS``, whatever its length."""
    return fold(text[: 2 * MAX_CHARACTERS])[:MAX_CHARACTERS]


def tokenize(text: str, stem: Stemmer = stem_of) -> list[Word]:
    """The words of a text in order, without those that every text has ("for", "of")."""
    return tokenize_folded(fold(text), stem)


def tokenize_folded(text: str, stem: Stemmer = stem_of) -> list[Word]:
    """The words of a text that is already folded."""
    if _REWRITABLE.search(text):
        for part, pattern, replacement in _REWRITES:
            if part in text:
                text = pattern.sub(replacement, text)
    if not _DIGIT_OR_HYPHEN.search(text):
        surfaces = _LETTERS.findall(text)
        if "a" not in surfaces:
            return [Word(surface, stem(surface)) for surface in surfaces if surface not in STOP_WORDS]
    words: list[Word] = []
    hyphens, previous = "-" in text, ""
    for match in _TOKEN.finditer(text):
        surface, end = match[0], match.end()
        hyphenated = hyphens and text[end : end + 1] == "-" and text[end + 1 : end + 2].isalnum()
        if match.lastgroup is not None:
            surface = _normalize_number(match["number"]) + UNIT_OF[match["unit"]]
            words.append(Word(surface, surface, hyphenated))
        elif surface not in STOP_WORDS or hyphenated or (surface == "a" and previous in LETTER_AFTER):
            words.append(Word(surface, stem(surface), hyphenated))
        previous = surface
    return words


def _normalize_number(number: str) -> str:
    """``5.0`` and ``05`` as ``5``; ``0.50`` as ``0.5``."""
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return number if number.startswith("0.") else number.lstrip("0") or "0"


def index_terms(words: Sequence[Word], stem: Stemmer = stem_of) -> list[str]:
    """The terms to index for a record's words: every stem, then the joined forms of hyphenated words."""
    terms = [word.stem for word in words]
    for start, word in enumerate(words):
        if word.hyphenated:
            joined, end = word.surface, start
            while words[end].hyphenated and end + 1 < len(words) and end - start < MAX_HYPHENATED_WORDS - 1:
                end += 1
                joined += words[end].surface
                terms.append(stem(joined))
    return terms
