"""The recognizer of the nouns that name a subject in a question without a code: ``tables/subject_names.toml``."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Final, NamedTuple

from hcpcs.questions.subject import Subject

# A regular expression over 60 characters, since any of these words may be before a noun that opens a question: "do I
# need an ABN for", "what is the", "hi, looking for".
_OPENING: Final = re.compile(
    r"\W*(?:(?:hi|hello|hey|please|pls|need|needs|needed|what|whats|which|whos|who|is|are|was|does|do|can|should|there|any"
    r"|a|an|the|i|we|you|our|my|for|about|on|to|get|find|looking|look|up|know|tell|me|show|give|how|much|many|long|correct|right"
    r"|medicare|medicares|cms|dmepos|list|of|s|in|have|has|require|required|requirements|rules?|info|use|put|whether|if|they|\d{4})\W+)*",
)
# What is before the object: "documentation for", "LCD on", "refills (of)", "requirements for".
_OBJECT: Final = re.compile(
    r"(?:\W+(?:codes?|requirements?|rules?|needed|required|list|lists|guidelines|polic(?:y|ies)|info|checklist|edits?))*\W+"
    r"(?:for|of|on|with|in|re|regarding|to)\b(?=\W+\w)",
)
# Nothing but words of the noun after it: "wheelchair revenue code needed", "oxygen documentation list?".
_REST: Final = re.compile(r"(?:\W+(?:codes?|requirements?|rules?|needed|required|list|lists|edits?|info))*\W*")
_SENTENCE_END: Final = re.compile(r"[.?!;] +")
_ASKS: Final = re.compile(
    r"\?|(?<![\w#~])(?:what|which|where|how|need|needs|needed|require|requires)(?![\w#~])"
    r"|(?:^|[.!,] )(?:is|are|was|do|does|did|can|should|must|will)\b"
)
"""Signs that a text asks for something: a description may have "is" and "can" among its words."""


class SubjectName(NamedTuple):
    """A place where a noun names a subject."""

    subject: Subject
    start: int
    end: int


def find_names(masked: str) -> Iterator[SubjectName]:
    """The nouns in ``masked``, a question in lower case without a code, that name its subject."""
    asks = _ASKS.search(masked) is not None
    openings = [(0, 0)]
    for start in (0, *(sentence.end() for sentence in _SENTENCE_END.finditer(masked))):
        opening = _OPENING.match(masked, start)
        openings.append((start, opening.end() if opening else start))
    for subject, pattern in subject_names().items():
        for match in pattern.finditer(masked):
            opens = any(start <= match.start() <= end for start, end in openings)
            ends = _REST.fullmatch(masked, match.end()) is not None
            connected = _OBJECT.match(masked, match.end()) is not None
            if match.lastgroup == "opening":
                counts = opens and (connected or ends)
            else:
                counts = asks or ends or (opens and (connected or " " in match[0]))
            if counts:
                yield SubjectName(subject, match.start(), match.end())


@cache
def subject_names() -> Mapping[Subject, re.Pattern[str]]:
    """The nouns of each subject as one pattern, whose group ``opening`` is set for those that must open a question."""
    source = resources.files("hcpcs.questions").joinpath("tables", "subject_names.toml")
    table: dict[str, dict[str, str]] = tomllib.loads(source.read_text(encoding="utf-8"))
    names, opening = table["names"], table["opening"]
    return MappingProxyType(
        {Subject(key): _whole_words(names.get(key), opening.get(key)) for key in dict.fromkeys((*names, *opening))}
    )


def _whole_words(names: str | None, opening: str | None) -> re.Pattern[str]:
    """One pattern of the nouns of a subject."""
    parts = [f"(?P<names>{names})" if names else "", f"(?P<opening>{opening})" if opening else ""]
    return re.compile(rf"(?<![\w#~-])(?:{'|'.join(filter(None, parts))})(?![\w#~-]| ?#?\d)")
