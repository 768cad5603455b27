"""Text to words: one analysis for the records' text, the synonyms and what people type.

A word keeps its surface (as the text has it, folded) and its stem (as it is indexed). A number and its unit are one
word: "10 mg" and "10mg" are ``10mg``, "per 15 min" and "each 15 minutes" meet in ``15min``. Codes, numbers and
letters with digits are never stemmed. Hyphenated words are split and their joined form is indexed beside the parts,
so that "non-emergency", "non emergency" and "nonemergency" find each other.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable
from functools import lru_cache
from typing import Final, NamedTuple

from hcpcs_index.text.stemming import stem
from hcpcs_index.text.word_lists import DROPPED, LETTER_AFTER, UNIT_OF, UNIT_OPENINGS, UNITS_IN_WORDS

MAX_CHARACTERS: Final = 200
"""So much of a query is read, counted after normalising: nobody types more, and hostile text stays cheap."""

MAX_WORDS: Final = 16
"""So many words of a query are searched for."""


class Word(NamedTuple):
    """One word: ``surface`` as written (folded), ``stem`` as indexed; ``glued`` to the next by a hyphen or not."""

    surface: str
    stem: str
    glued: bool = False


_CONTROLS: Final = dict.fromkeys((*range(32), 127), " ")
_LIKE_QUOTES: Final = str.maketrans({"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "’": "'", "‘": "'", "`": "'"})
_NO_WORDS: Final = str.maketrans({"®": " ", "™": " ", "©": " "})

_PLAIN: Final = re.compile(r"[a-z ]*")
_REWRITABLE: Final = re.compile(rf"[^a-z0-9 -]|\b(?:{'|'.join(sorted(UNIT_OPENINGS))})\b")
_REWRITES: Final[tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]] = (
    (re.compile(r"\bw/o\b"), " without "),
    (re.compile(r"\bw/"), " with "),
    (re.compile(r"&"), " and "),
    *UNITS_IN_WORDS,
    (re.compile(r"(?<=\d),(?=\d{3}(?!\d))"), ""),
    (re.compile(r"(?<![\d.])\.(?=\d)"), "0."),
    (re.compile(r"\b(?:[a-z]\.){2,}[a-z]?(?![a-z])"), lambda match: match[0].replace(".", "")),
    (re.compile(r"(?<=[a-z])'s?(?![a-z])"), ""),
    (re.compile(r"(?<=[a-z])'(?=[a-z])"), ""),
)
_TOKEN: Final = re.compile(
    r"(?P<number>\d+(?:\.\d+)?)[ -]?(?P<unit>"
    + "|".join(sorted((re.escape(form) for form in UNIT_OF), key=len, reverse=True))
    + r")(?![a-z0-9])|\d+\.\d+|[a-z0-9]+"
)


def fold(text: str) -> str:
    """Lower case, compatibility forms resolved, accents and control characters gone, spaces single."""
    if not text.isascii():
        decomposed = unicodedata.normalize("NFKD", text.translate(_NO_WORDS)).translate(_LIKE_QUOTES)
        kept = (c for c in decomposed if not unicodedata.combining(c))
        text = "".join([" " if unicodedata.category(c)[0] in "CZ" else c for c in kept])
    if not text.isprintable():
        text = text.translate(_CONTROLS)
    return " ".join(text.lower().split())


def bounded(text: str) -> str:
    """A query folded and cut to ``MAX_CHARACTERS``, whatever it holds."""
    return fold(text[: 2 * MAX_CHARACTERS])[:MAX_CHARACTERS]


def words(text: str) -> list[Word]:
    """The words of any text in order, without those that every text has ("for", "of")."""
    return words_of_folded(fold(text))


def words_of_folded(text: str) -> list[Word]:
    """The words of a text that ``fold`` or ``bounded`` gave."""
    rewritable = _REWRITABLE.search(text)
    if not rewritable and _PLAIN.fullmatch(text):
        tokens = text.split()
        if "a" not in tokens:
            return [plain_word(token) for token in tokens if token not in DROPPED]
    if rewritable:
        for pattern, replacement in _REWRITES:
            text = pattern.sub(replacement, text)
    found: list[Word] = []
    before = ""
    for match in _TOKEN.finditer(text):
        surface, end = match[0], match.end()
        glued = text[end : end + 1] == "-" and text[end + 1 : end + 2].isalnum()
        if match["number"] is not None:
            surface = _plain_number(match["number"]) + UNIT_OF[match["unit"]]
            found.append(Word(surface, surface, glued))
        elif surface not in DROPPED or glued or (surface == "a" and before in LETTER_AFTER):
            found.append(Word(surface, stem_of(surface), glued))
        before = surface
    return found


def _plain_number(number: str) -> str:
    """``5.0`` and ``05`` as ``5``; ``0.50`` as ``0.5``."""
    if "." in number:
        number = number.rstrip("0").rstrip(".")
    return number if number.startswith("0.") else number.lstrip("0") or "0"


@lru_cache(maxsize=65_536)
def stem_of(surface: str) -> str:
    """The indexed form of one word: the stem of a plain word, a unit's short form, else the word itself.

    Words of three letters are kept: they are initials here more often than plurals (ALS, ACE).
    """
    unit = UNIT_OF.get(surface) if len(surface) > 1 else None
    if unit is not None:
        return unit
    if len(surface) < 4 or not surface.isalpha():
        return surface
    return stem(surface)


@lru_cache(maxsize=16_384)
def plain_word(surface: str) -> Word:
    """The word of a surface."""
    return Word(surface, stem_of(surface))


def index_stems(found: list[Word]) -> list[str]:
    """What is indexed of a record's words: every stem, and the joined form of hyphenated words."""
    stems = [word.stem for word in found]
    for start in range(len(found)):
        joined, end = found[start].surface, start
        while found[end].glued and end + 1 < len(found) and end - start < 3:
            end += 1
            joined += found[end].surface
            stems.append(stem_of(joined))
    return stems
