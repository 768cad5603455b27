"""What a watch is: read from a person's words, told back in them, and met by the changes that it is about. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from hcpcs.catalog.changes import ChangeKind
from hcpcs.errors import HcpcsError
from hcpcs.questions.normalize import plain
from hcpcs.questions.recognizers.code_ranges import find_range
from hcpcs.questions.recognizers.codes import scan
from hcpcs.records.codes import CodeSystem
from hcpcs.records.record import Frozen
from hcpcs_index.text.analysis import words

PHRASE_LIMIT: Final = 300
"""Characters of what is asked to be watched; longer text was pasted by mistake."""
WORDS_LIMIT: Final = 8
PATTERN_LIMIT: Final = 100


Finds = Callable[[str], frozenset[str]]
"""The codes that words find."""


class WatchError(HcpcsError):
    """A watch that can't be understood or taken; says what works instead."""


class About(StrEnum):
    """What a watch is about."""

    ALL = "all"
    CODE = "code"
    PREFIX = "prefix"
    RANGE = "range"
    WORDS = "words"


class Watch(Frozen):
    """What a channel wants to hear of.

    ``pattern`` is a code or modifier, a prefix (``S93``), a range (``S9325-S9328``) or words in lower case; blank
    for all. ``kinds`` narrows it to kinds of change; none means every kind.
    """

    about: About
    pattern: str = ""
    kinds: frozenset[ChangeKind] = frozenset()

    @property
    def phrase(self) -> str:
        """The watch as a person may write it: ``S93*``, ``coverage changes S93*``, ``insulin pump``, ``all``."""
        target = f"{self.pattern}*" if self.about is About.PREFIX else self.pattern
        kinds = [_PHRASE_OF_KIND[kind] for kind in ChangeKind if kind in self.kinds]
        return f"{' and '.join(kinds)} {target}".strip() or "all"

    @property
    def meaning(self) -> tuple[About, frozenset[str], frozenset[ChangeKind]]:
        """What makes two watches the same: ``insulin pump`` and ``pumps, insulin`` are."""
        named = stems(self.pattern) if self.about is About.WORDS else frozenset({self.pattern})
        return self.about, named, self.kinds


_PHRASE_OF_KIND: Final[Mapping[ChangeKind, str]] = MappingProxyType(
    {
        ChangeKind.ADDED: "new codes",
        ChangeKind.DISCONTINUED: "discontinued codes",
        ChangeKind.REACTIVATED: "reactivated codes",
        ChangeKind.DESCRIPTION: "description changes",
        ChangeKind.COVERAGE: "coverage changes",
        ChangeKind.PRICING: "pricing changes",
        ChangeKind.OTHER: "other changes",
        ChangeKind.REMOVED: "removed codes",
    }
)
_WORDS_OF_KIND: Final[Mapping[str, ChangeKind]] = MappingProxyType(
    {
        word: kind
        for kind, said in (
            (ChangeKind.ADDED, "new added additions"),
            (ChangeKind.DISCONTINUED, "discontinued terminated ended deleted discontinuations terminations deletions"),
            (ChangeKind.REACTIVATED, "reactivated re-activated reinstated reactivations"),
            (ChangeKind.DESCRIPTION, "description descriptions descriptor wording text"),
            (ChangeKind.COVERAGE, "coverage"),
            (ChangeKind.PRICING, "pricing price payment"),
            (ChangeKind.OTHER, "other"),
            (ChangeKind.REMOVED, "removed removals"),
        )
        for word in said.split()
    }
)
_KIND_WORD: Final = "|".join(sorted(map(re.escape, _WORDS_OF_KIND), key=len, reverse=True))
_JOINT: Final = r"[\s,;&]*(?:\b(?:and|or)\b)?\s*"
_KIND_PHRASE: Final = re.compile(
    rf"(?<![\w-])((?:{_KIND_WORD})(?:{_JOINT}(?:{_KIND_WORD}))*)\s+(?:codes?|changes?|updates?|modifiers?)(?![\w-])"
    rf"{_JOINT}(?:\b(?:for|of|in|to|on|about|with)\b)?",
    re.IGNORECASE,
)
_KIND_AROUND: Final = re.compile(
    r"(new|added|discontinued|terminated|ended|deleted|re-?activated|reinstated|removed)\s+(.+?)\s+codes?",
    re.IGNORECASE,
)
"""``new wheelchair codes``: the kind before, what they are between."""
_ONE_KIND: Final = re.compile(rf"{_KIND_WORD}", re.IGNORECASE)
_ALL: Final = re.compile(
    r"(?:(?:all|any|every)(?:thing)?|\*)(?:\s+(?:of\s+)?(?:the\s+)?(?:codes?|changes?|updates?))?|changes?|updates?",
    re.IGNORECASE,
)
_LEADING: Final = re.compile(
    r"^(?:(?:the|all|any|codes?|hcpcs|famil(?:y|ies)|prefix(?:es)?|range|that|which|(?:start|begin)(?:s|ing|ning)?|with)"
    r"[:\s]+)*",
    re.IGNORECASE,
)
_MODIFIERS: Final = re.compile(r"^modifiers?[:\s]+", re.IGNORECASE)
_NO_DESCRIPTION_SAYS: Final = frozenset({"code", "codes", "hcpcs"})
_PREFIX: Final = re.compile(r"([A-CEGHJ-MP-V]\d{0,3})(?:\*+|x{1,4})|([A-CEGHJ-MP-V]\d{2,3})", re.IGNORECASE)
_PARTS: Final = re.compile(r"\s*[,;&]\s*(?:and\s+)?|\s+and\s+|\s+(?=[A-Za-z]\d)", re.IGNORECASE)
_MODIFIER: Final = re.compile(r"[A-Z][A-Z0-9]")
_FOREIGN: Final = frozenset({CodeSystem.CPT, CodeSystem.CDT, CodeSystem.ICD10, CodeSystem.NDC})

EXAMPLES: Final = (
    "a code (S9353), codes that start alike (S93*), a range (S9325-S9328), words (insulin pump), kinds of change "
    "(coverage changes, new codes), or all"
)


def parse_watches(text: str) -> tuple[Watch, ...]:
    """The watches that a person's words stand for: one, or one for each code in a list.

    Raises ``WatchError`` for words that no watch can be made of.
    """
    said = " ".join(plain(text).split()).strip(" .!?\"'")
    if not said:
        raise WatchError(f"Say what to watch: {EXAMPLES}.")
    if len(said) > PHRASE_LIMIT:
        raise WatchError(f"That is longer than {PHRASE_LIMIT} characters. Watch {EXAMPLES}.")
    kinds, rest = _split_kinds(said)
    if not rest or _ALL.fullmatch(rest):
        return (Watch(about=About.ALL, kinds=kinds),)
    named = _LEADING.sub("", rest)
    named = _MODIFIERS.sub("", named).upper() if _MODIFIERS.match(named) else named
    targets = _codes(named) or (_words(rest),)
    return tuple(dict.fromkeys(watch.model_copy(update={"kinds": kinds}) for watch in targets))


def _split_kinds(said: str) -> tuple[frozenset[ChangeKind], str]:
    """The kinds of change that are named, and what is left: ``new codes for S93*`` -> added, ``S93*``."""
    if _ONE_KIND.fullmatch(said):
        return frozenset({_WORDS_OF_KIND[said.lower()]}), ""
    if (around := _KIND_AROUND.fullmatch(said)) and not _KIND_PHRASE.search(said):
        return frozenset({_WORDS_OF_KIND[around[1].lower()]}), around[2]
    named = [word for match in _KIND_PHRASE.finditer(said) for word in _ONE_KIND.findall(match[1])]
    rest = _KIND_PHRASE.sub(" ", said) if named else said
    return frozenset(_WORDS_OF_KIND[word.lower()] for word in named), " ".join(rest.split()).strip(" ,;:")


def _codes(text: str) -> tuple[Watch, ...]:
    """The codes, modifiers, prefixes and ranges of a text that holds nothing else; none for any other text."""
    family = find_range(text, scan(text), comparing=False)
    if family is not None and family.first and family.last and text[family.start : family.end] == text:
        return (Watch(about=About.RANGE, pattern=f"{family.first}-{family.last}"),)
    watches = []
    for part in _PARTS.split(text):
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
    found = scan(part)
    if len(found) != 1 or part[found[0].start : found[0].end] != part:
        return None
    mention = found[0].mention
    if mention.system in _FOREIGN:
        raise WatchError(
            f"{mention.code} is {_article(mention.system)} code: CMS's HCPCS Level II releases don't hold it, so there "
            "is nothing to watch."
        )
    return Watch(about=About.CODE, pattern=mention.code) if mention.well_formed else None


def _article(system: CodeSystem) -> str:
    return f"an {system.value}" if system in (CodeSystem.ICD10, CodeSystem.NDC) else f"a {system.value}"


def _words(text: str) -> Watch:
    pattern = " ".join(word for word in text.lower().split() if word not in _NO_DESCRIPTION_SAYS)
    said = words(pattern)
    if not said:
        raise WatchError(f"“{text}” has no word that a description could hold. Watch {EXAMPLES}.")
    if len(said) > WORDS_LIMIT or len(pattern) > PATTERN_LIMIT:
        raise WatchError(f"A watch takes at most {WORDS_LIMIT} words, all of which a description must hold.")
    return Watch(about=About.WORDS, pattern=pattern)


def stems(text: str) -> frozenset[str]:
    """The words of a text as they are compared: ``pumps`` and ``pump`` are one."""
    return frozenset(word.stem for word in words(text))


def touches(watch: Watch, code: str, kind: ChangeKind, said: frozenset[str], found: bool = False) -> bool:
    """Whether a change of ``code`` is what a watch is about.

    ``said`` are the stems of the code's descriptions; ``found`` says that the watch's words find it otherwise.
    """
    if watch.kinds and kind not in watch.kinds:
        return False
    match watch.about:
        case About.ALL:
            return True
        case About.CODE:
            return code == watch.pattern
        case About.PREFIX:
            return code.startswith(watch.pattern) and len(code) > 2
        case About.RANGE:
            first, _, last = watch.pattern.partition("-")
            return first <= code <= last and len(code) > 2
        case About.WORDS:
            return found or stems(watch.pattern) <= said


def ordered(watches: Iterable[Watch]) -> tuple[Watch, ...]:
    """Watches as a list shows them: all and kinds first, then codes, then words."""
    order = list(About)
    return tuple(sorted(watches, key=lambda watch: (order.index(watch.about), watch.pattern, watch.phrase)))
