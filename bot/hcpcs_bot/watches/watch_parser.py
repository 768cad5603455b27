"""Parses what a person writes after ``/hcpcs watch`` into the watches that it names. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from hcpcs.errors import HcpcsError
from hcpcs.questions.recognizers.codes.code_ranges import find_range
from hcpcs.questions.recognizers.codes.code_scanner import scan
from hcpcs.questions.words.normalize import plain
from hcpcs.records.change_kinds import ChangeKind, change_kinds, kinds_of_word
from hcpcs.records.codes import HCPCS_LETTER, CodeSystem
from hcpcs_bot.watches.watch import About, Watch
from hcpcs_bot.watches.watched_files import find_files
from hcpcs_index.text.analysis import tokenize

PHRASE_LIMIT: Final = 300
"""Maximum characters of a request; longer text was pasted by mistake."""
WORDS_LIMIT: Final = 8
"""Maximum words of a watch about words."""
PATTERN_LIMIT: Final = 100
"""Maximum characters of a watch about words."""
EXAMPLES: Final = (
    "a code (S9353), a prefix (S93*), a range (S9325-S9328), words (insulin pump), kinds of change "
    "(coverage changes, new codes), amounts and limits (amount of J1745, MUE of J1745, amount of E0601 in TX), prior "
    "authorization, or all"
)


class WatchError(HcpcsError):
    """A watch that can't be understood or added; says what works instead."""


def _one_of(wordlist: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(wordlist, key=len, reverse=True)))


_SPECS: Final = tuple(change_kinds().values())
_ANY_WORD: Final = _one_of(word for spec in _SPECS for word in spec.words)
_CODE_WORD: Final = _one_of(word for spec in _SPECS for word in spec.codes)
_LONE_WORD: Final = _one_of(word for spec in _SPECS for word in (*spec.codes, *spec.events, *spec.subjects))
_JOINT: Final = r"[\s,;&]*(?:\b(?:and|or)\b)?\s*"
_KIND_PHRASE: Final = re.compile(
    rf"(?<![\w-])(?:((?:{_LONE_WORD})(?:{_JOINT}(?:{_LONE_WORD}))*)\s+(?:codes?|modifiers?)"
    rf"|((?:{_ANY_WORD})(?:{_JOINT}(?:{_ANY_WORD}))*)\s+(?:changes?|updates?))(?![\w-])"
    rf"{_JOINT}(?:\b(?:for|of|in|to|on|about|with)\b)?",
    re.IGNORECASE,
)
"""Kinds before the noun that makes them kinds: ``new codes for S93*``, ``coverage and other changes in S93*``."""
_KIND_AROUND: Final = re.compile(rf"({_CODE_WORD})\s+(.+?)\s+codes?", re.IGNORECASE)
"""A kind around the words that it is about: ``new wheelchair codes``, ``expired air mattress codes``."""
_KINDS_ALONE: Final = re.compile(rf"(?:{_LONE_WORD})(?:{_JOINT}(?:{_LONE_WORD}))*", re.IGNORECASE)
"""Kinds and nothing else: ``coverage``, ``additions and deletions``."""
_KIND: Final = re.compile(rf"(?<![\w-])(?:{_ANY_WORD})(?![\w-])", re.IGNORECASE)
_ALL: Final = re.compile(
    r"(?:(?:all|any|every)(?:thing)?|\*)(?:\s+(?:of\s+)?(?:the\s+)?(?:codes?|changes?|updates?))?|changes?|updates?",
    re.IGNORECASE,
)
"""Everything: ``all``, ``everything``, ``*``, ``all of the changes``, ``any code``, ``updates``."""
_LEADING: Final = re.compile(
    r"^(?:(?:the|all|any|codes?|hcpcs|famil(?:y|ies)|prefix(?:es)?|range|that|which|(?:start|begin)(?:s|ing|ning)?|with)"
    r"[:\s]+)*",
    re.IGNORECASE,
)
"""What introduces codes: ``the code S9353``, ``codes that start with S93``, ``prefix: S93``."""
_MODIFIERS: Final = re.compile(r"^modifiers?[:\s]+", re.IGNORECASE)
_NOT_IN_DESCRIPTIONS: Final = frozenset({"code", "codes", "hcpcs"})
"""Words that are about the code and not in its description: ``wheelchair codes`` watches ``wheelchair``."""
_PREFIX: Final = re.compile(rf"({HCPCS_LETTER}\d{{0,3}})(?:\*+|x{{1,4}})|({HCPCS_LETTER}\d{{2,3}})", re.IGNORECASE)
"""A prefix with its sign (``E*``, ``J927x``), or without one where it can't be anything else (``S93``)."""
_SEPARATOR: Final = re.compile(r"\s*[,;&]\s*(?:and\s+)?|\s+and\s+|\s+(?=[A-Za-z]\d)", re.IGNORECASE)
_MODIFIER: Final = re.compile(r"[A-Z][A-Z0-9]")
_OF_WORDS: Final = re.compile(r"\b(?:of|for|changes?|updates?)\s+\S", re.IGNORECASE)
"""What comes before words whose companion files are watched: "amount of insulin pumps", "MUE changes enteral"."""
_OTHER_SYSTEMS: Final = frozenset({CodeSystem.CPT, CodeSystem.CDT, CodeSystem.ICD10, CodeSystem.NDC})


def parse_watches(text: str) -> tuple[Watch, ...]:
    """The watches that a text names: one, or one per code of a list.

    Raises ``WatchError`` for a text that no watch can be made of.
    """
    request = " ".join(plain(text).split()).strip(" .!?\"'")
    if not request:
        raise WatchError(f"Say what to watch: {EXAMPLES}.")
    if len(request) > PHRASE_LIMIT:
        raise WatchError(f"That is longer than {PHRASE_LIMIT} characters. You can watch {EXAMPLES}.")
    if of_files := _file_watches(request):
        return of_files
    kinds, rest = _split_kinds(request)
    if not rest or _ALL.fullmatch(rest):
        return (Watch(about=About.ALL, kinds=kinds),)
    named = _LEADING.sub("", rest)
    named = _MODIFIERS.sub("", named).upper() if _MODIFIERS.match(named) else named
    targets = _codes(named) or (_words(rest),)
    watches = (Watch(about=target.about, pattern=target.pattern, kinds=kinds) for target in targets)
    return tuple(dict.fromkeys(watches))


def _file_watches(request: str) -> tuple[Watch, ...]:
    """The watches of companion files that a request names; none if it is about something else.

    Words count as such only after "of" or "for": "dressing, large amount" is about a description.
    """
    wanted = find_files(request)
    if wanted is None:
        return ()
    targets = _codes(_LEADING.sub("", wanted.rest)) if wanted.rest else (Watch(about=About.ALL),)
    if not targets and _OF_WORDS.search(request):
        targets = (_words(wanted.rest),)
    watches = (Watch(about=one.about, pattern=one.pattern, files=wanted.files, area=wanted.area) for one in targets)
    return tuple(dict.fromkeys(watches))


def _split_kinds(request: str) -> tuple[frozenset[ChangeKind], str]:
    """The kinds of change that are named, and the rest: ``new codes for S93*`` -> added, ``S93*``."""
    if _KINDS_ALONE.fullmatch(request):
        return _kinds([request]), ""
    if (around := _KIND_AROUND.fullmatch(request)) and not _KIND_PHRASE.search(request):
        return kinds_of_word(around[1]), around[2]
    named = [match[1] or match[2] for match in _KIND_PHRASE.finditer(request)]
    rest = _KIND_PHRASE.sub(" ", request) if named else request
    return _kinds(named), " ".join(rest.split()).strip(" ,;:")


def _kinds(lists: Iterable[str]) -> frozenset[ChangeKind]:
    """The kinds that lists of words name: ``coverage and pricing`` names two."""
    return frozenset().union(*(kinds_of_word(word) for named in lists for word in _KIND.findall(named)))


def _codes(text: str) -> tuple[Watch, ...]:
    """The codes, modifiers, prefixes and ranges of a text that holds nothing else; none for any other text."""
    family = find_range(text, scan(text), comparing=False)
    if family is not None and text[family.start : family.end] == text:
        return (Watch(about=About.RANGE, pattern=f"{family.first}-{family.last}"),)
    watches = []
    for part in _SEPARATOR.split(text):
        watch = _code(part)
        if watch is None:
            return ()
        watches.append(watch)
    return tuple(watches)


def _code(part: str) -> Watch | None:
    if match := _PREFIX.fullmatch(part):
        return Watch(about=About.PREFIX, pattern=(match[1] or match[2]).upper())
    if _MODIFIER.fullmatch(part):
        return Watch(about=About.CODE, pattern=part)
    spans = scan(part)
    if len(spans) != 1 or part[spans[0].start : spans[0].end] != part:
        return None
    mention = spans[0].mention
    if mention.system in _OTHER_SYSTEMS:
        raise WatchError(
            f"{mention.code} looks like {_article(mention.system)} code. It isn't in CMS's HCPCS Level II releases, "
            "so there is nothing to watch."
        )
    return Watch(about=About.CODE, pattern=mention.code) if mention.well_formed else None


def _article(system: CodeSystem) -> str:
    return f"an {system.value}" if system in (CodeSystem.ICD10, CodeSystem.NDC) else f"a {system.value}"


def _words(text: str) -> Watch:
    pattern = " ".join(word for word in text.lower().split() if word not in _NOT_IN_DESCRIPTIONS)
    terms = tokenize(pattern)
    if not terms:
        raise WatchError(f"“{text}” has no word that a description could contain. You can watch {EXAMPLES}.")
    if len(terms) > WORDS_LIMIT or len(pattern) > PATTERN_LIMIT:
        limits = f"at most {WORDS_LIMIT} words and {PATTERN_LIMIT} characters"
        raise WatchError(f"A watch takes {limits}; a description must contain all of its words.")
    return Watch(about=About.WORDS, pattern=pattern)
