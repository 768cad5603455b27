"""What to bill instead of a terminated code: its replacement, its cross-references, and codes with similar wording.

CMS's file has no field for a replacement. It has the day on which a code ended and the codes added the day after:
one of these with similar words is most likely the replacement (K0554 ended, E2103 was added). Of 183 J, K, Q, E, S,
A and L codes that ended from 2015 to 2025, 127 have one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from hcpcs.answers.answer import Verdict
from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.answers.rendering.sentences import join_words, reference_names
from hcpcs.answers.verdicts import COVERAGE_RULES
from hcpcs.catalog.history.dated_codes import DatedCode
from hcpcs.questions.subject import Subject
from hcpcs.records.families.cpt_services import service_after
from hcpcs.records.fields import long_date
from hcpcs.records.record import CodeRecord, Statement, Status

NEAREST_SHOWN: Final = 3
"""Maximum suggestions per terminated code."""
_NEAREST_READ: Final = 12
"""Maximum hits requested from the search; unsuitable ones are then left out."""
_SIMILAR: Final = 0.43
"""Lowest similarity of a replacement: J9044 and J9049 have 0.49, and the skin substitutes Q4119 and Q4169 0.42."""
_OVERLAP: Final = timedelta(days=122)
"""Maximum time for which a code and its replacement are both valid: G0299 was added four months before G0154 ended."""
_SURELY_SIMILAR: Final = 0.85
"""Lowest similarity of the best code added before: G0154 and G0300 have 0.87, and G0564 and G0565 0.82."""
_ENDED_SIMILAR: Final = 0.8
"""Lowest similarity of a replacement that ended itself: C9754 and G2170 have 0.82, and G8493 and G9463 less."""
_CLEARLY_ALIKE: Final = 0.9
"""Share of its similarity that no other code added on the day has: G1017 to G1019 are as similar to G1000."""
_NEAR: Final = 0.556
"""Lowest similarity of a suggestion: J1094 and J1100 (dexamethasone) have 0.5564, and a COVID-19 test (U0003) and
the screening for hepatitis C (G0567) 0.546."""
_AS_SIMILAR: Final = 0.6
"""Share of the best replacement's similarity below which another code added on that day is left out."""
_MOST_STEPS: Final = 4
"""Maximum codes in a row, each of which replaced the one before."""
_EXCLUDED: Final = re.compile(r"\b(?:(?:excludes?|excluding|other than|not)\s+|non-)([a-z]+)")


class LikelySuccessor(NamedTuple):
    """A code that was added the day after another one ended, and how alike their descriptions are.

    ``by_way_of`` are the codes between the two that have ended as well, oldest first.
    """

    record: CodeRecord
    similarity: float
    by_way_of: tuple[str, ...] = ()


SHOWN_FOR: Final = 8
"""Maximum codes that ended whose replacements one answer lists; finding those of one code takes milliseconds."""


class Succession(NamedTuple):
    """Where to go from a terminated code: the codes, best first, and the sentences that say so.

    ``replaced_by`` are those of ``codes`` that were added the day after it ended, or before if ``overlaps``;
    ``by_way_of`` are codes that took its place for a time and have ended as well, ``ended`` those after which no code
    in use came.
    """

    codes: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    replaced_by: tuple[str, ...] = ()
    by_way_of: tuple[str, ...] = ()
    overlaps: bool = False
    ended: tuple[CodeRecord, ...] = ()


def active_references(context: AnswerContext, statement: Statement) -> tuple[str, ...]:
    """The active codes that the record itself points to."""
    active = []
    for code in statement.record.cross_references:
        target = context.catalog.current(code, context.today)
        if target is not None and target.active:
            active.append(code)
    return tuple(active)


def replacements(
    context: AnswerContext, record: CodeRecord, *, steps: int = _MOST_STEPS
) -> tuple[LikelySuccessor, ...]:
    """The active codes of the same kind and like wording that were added the day after the record ended, best first.

    Where these have ended as well, what replaced the most alike of them: C9487 became Q9989 and that J3358. Where
    there are none, those with nearly the same description that were added shortly before.
    """
    last_day = record.termination_date
    if last_day is None or not steps:
        return ()
    day_after = last_day + timedelta(days=1)
    later = _added_between(context, record, day_after, day_after, steps)
    if later:
        return later
    before = _added_between(context, record, last_day - _OVERLAP, last_day, 0)
    return before if before and before[0].similarity >= _SURELY_SIMILAR else ()


def _added_between(
    context: AnswerContext, record: CodeRecord, first: date, last: date, steps: int
) -> tuple[LikelySuccessor, ...]:
    """The active codes of like wording that were added on these days, best first, or what replaced the best of them."""
    candidates: list[LikelySuccessor] = []
    ended: list[LikelySuccessor] = []
    for added, alike in _similar(context, record, context.catalog.dated_codes.added(first, last)):
        target = context.catalog.current(added.code, context.today)
        if target is not None and not _contradicts(record, target.record):
            (candidates if target.active else ended).append(LikelySuccessor(target.record, alike))
    if not candidates and ended and steps:
        between = max(ended, key=lambda one: (one.similarity, one.record.code)).record
        later = replacements(context, between, steps=steps - 1)
        return tuple(one._replace(by_way_of=(between.code, *one.by_way_of)) for one in later)
    candidates.sort(key=lambda one: (_loses_payment(record, one.record), -one.similarity, one.record.code))
    best = max((one.similarity for one in candidates), default=0.0)
    return tuple(one for one in candidates if one.similarity >= _AS_SIMILAR * best)[:NEAREST_SHOWN]


def predecessors(
    context: AnswerContext, record: CodeRecord, wanted: Callable[[CodeRecord], bool], *, steps: int = _MOST_STEPS
) -> tuple[CodeRecord, ...]:
    """The wanted codes that a record likely replaced, most alike first: those that ended the day before it was added.

    Where none of these is wanted, those that the most alike of them replaced.
    """
    if record.added_date is None or not steps:
        return ()
    day_before = record.added_date - timedelta(days=1)
    former: list[LikelySuccessor] = []
    for ended, alike in _similar(context, record, context.catalog.dated_codes.ended(day_before, day_before)):
        stated = context.catalog.current(ended.code, context.today)
        if stated is not None and not _contradicts(record, stated.record):
            former.append(LikelySuccessor(stated.record, alike))
    former.sort(key=lambda one: (-one.similarity, one.record.code))
    alike_enough = (one for one in former if one.similarity >= _AS_SIMILAR * former[0].similarity)
    replaced = tuple(one.record for one in alike_enough if wanted(one.record))[:NEAREST_SHOWN]
    if replaced or not former:
        return replaced
    return predecessors(context, former[0].record, wanted, steps=steps - 1)


def ended_successors(context: AnswerContext, record: CodeRecord, *, steps: int = _MOST_STEPS) -> tuple[CodeRecord, ...]:
    """The codes that took the place of a record one after the other, where the last of them ended without another.

    C9754 became G2170, which ended and points to a CPT code. None where a code in use took its place.
    """
    last_day = record.termination_date
    if last_day is None or not steps:
        return ()
    day_after = last_day + timedelta(days=1)
    likely = [
        LikelySuccessor(stated.record, alike)
        for added, alike in _similar(context, record, context.catalog.dated_codes.added(day_after, day_after))
        if (stated := context.catalog.current(added.code, context.today)) is not None
        and not stated.active
        and not _contradicts(record, stated.record)
    ]
    likely.sort(key=lambda one: -one.similarity)
    pointed = [one for one in likely if one.record.code in record.cross_references]  # C9069 to J9037, spelled otherwise
    alike = pointed or [one for one in likely if one.similarity >= _CLEARLY_ALIKE * likely[0].similarity]
    if len(alike) != 1 or (not pointed and alike[0].similarity < _ENDED_SIMILAR):
        return ()
    first = alike[0].record
    return (first, *ended_successors(context, first, steps=steps - 1))


def _similar(
    context: AnswerContext, record: CodeRecord, dated: Iterable[DatedCode]
) -> Iterator[tuple[DatedCode, float]]:
    """The other codes of the record's kind that have a similar description, with the similarity."""
    others = [one for one in dated if one.code != record.code and one.kind is record.kind]
    texts = [one.long_description for one in others]
    alike = context.catalog.description_words.similarities(record.long_description, texts, _SIMILAR)
    return ((one, similarity) for one, similarity in zip(others, alike, strict=True) if similarity >= _SIMILAR)


def nearest(context: AnswerContext, record: CodeRecord) -> tuple[CodeRecord, ...]:
    """The active codes of the same kind whose descriptions are nearest, best first; only suggestions."""
    hits = context.index.neighbors(record.long_description, excluding=frozenset({record.code}), limit=_NEAREST_READ)
    similarity = context.catalog.description_words.similarity
    near = []
    for hit in hits:
        alike = similarity(record.long_description, hit.long_description)
        target = context.catalog.current(hit.code, context.today)
        if target is None or target.record.kind is not record.kind or alike < _NEAR:
            continue
        if not _contradicts(record, target.record):
            near.append(LikelySuccessor(target.record, alike))
    near.sort(key=lambda one: (_loses_payment(record, one.record), -one.similarity))
    return tuple(one.record for one in near)[:NEAREST_SHOWN]


def _contradicts(record: CodeRecord, other: CodeRecord) -> bool:
    """Whether one description excludes what the other names: "excludes biosimilar" for a biosimilar, "non-esrd use"."""
    first, second = record.long_description.lower(), other.long_description.lower()
    return _excludes(first, second) or _excludes(second, first)


def _excludes(text: str, other: str) -> bool:
    excluded = set(_EXCLUDED.findall(text)) - set(_EXCLUDED.findall(other)) - {"otherwise", "therapeutically"}
    return any(re.search(rf"\b{word}s?\b", other) for word in excluded)


def _loses_payment(record: CodeRecord, other: CodeRecord) -> bool:
    """Whether Medicare never pays the other code, and could pay this one."""
    return _never_paid(other) and not _never_paid(record)


def _never_paid(record: CodeRecord) -> bool:
    rule = COVERAGE_RULES.get(record.coverage)
    return rule is not None and rule.verdict is Verdict.NOT_PAYABLE


def _named(record: CodeRecord) -> str:
    return f"{record.code} ({record.short_description or record.long_description})"


def _overlaps(record: CodeRecord, successor: CodeRecord) -> bool:
    """Whether a code was added while the one that it replaced was still valid."""
    added, last_day = successor.added_date, record.termination_date
    return added is not None and last_day is not None and added <= last_day


def succession(context: AnswerContext, statement: Statement) -> Succession:
    """What was added the day after, else what is nearest by description, and cross-references; none for a live code."""
    if statement.status is not Status.TERMINATED:
        return Succession((), ())
    record = statement.record
    code = record.code
    facts: list[Evidence] = []
    successors = replacements(context, record)
    likely = tuple(one.record for one in successors)
    by_way_of = successors[0].by_way_of if successors else ()
    overlaps = not by_way_of and any(_overlaps(record, one) for one in likely)
    ended = () if likely else ended_successors(context, record)
    near = () if likely or ended or service_after(code) else nearest(context, record)
    if likely and likely[0].added_date is not None:
        last = by_way_of[-1] if by_way_of else code
        between = f"; {', then '.join(by_way_of)} came between and ended, too" if by_way_of else ""
        when = f"before {code} ended" if overlaps else f"the day after {last} ended"
        text = (
            f"Likely replaced by {join_words([*map(_named, likely)], 'or')}, added {long_date(likely[0].added_date)}, "
            f"{when}{between}."
        )
        facts.append(Evidence(kind=EvidenceKind.SUCCESSOR, text=text, code=code))
    if ended:
        facts.append(Evidence(kind=EvidenceKind.SUCCESSOR, text=f"Likely replaced by {_chain(ended)}.", code=code))
    if references := reference_names(record):
        text = f"The record cross-references {join_words(references)}."
        facts.append(Evidence(kind=EvidenceKind.SUCCESSOR, text=text, code=code, field="cross_references"))
    if near:
        text = f"Active codes with similar descriptions (suggestions only): {', '.join(map(_named, near))}."
        facts.append(Evidence(kind=EvidenceKind.SUCCESSOR, text=text, code=code))
    asked, service = context.question.subject is Subject.REPLACEMENT, service_after(code)
    text = (
        f"No active code has a description like {code}'s." if asked else f"CMS's file names no replacement for {code}."
    )
    if service:  # which the first sentence names where the replacement is asked for
        text = "" if asked else f"Its service has a {service.system} code now: {service.codes}."
    if not facts and text:
        facts.append(Evidence(kind=EvidenceKind.SUCCESSOR, text=text, code=code))
    replaced_by = tuple(one.code for one in likely)
    codes = (*replaced_by, *active_references(context, statement), *(one.code for one in near))
    return Succession(tuple(dict.fromkeys(codes)), tuple(facts), replaced_by, by_way_of, overlaps, ended)


def _chain(ended: Sequence[CodeRecord]) -> str:
    """Codes that took a code's place and ended, and where the last one points: ``G2170 (...), which ended on ...``."""
    last = ended[-1]
    named = ", then ".join(map(_named, ended))
    when = f" on {long_date(last.termination_date)}" if last.termination_date is not None else ""
    return f"{named}, which ended{when}{points_to(last)}"


def points_to(record: CodeRecord) -> str:
    """Where the record of a code that ended points: ``, and its record points to 36836 (CPT)``; blank for nowhere."""
    references = reference_names(record)
    return f", and its record points to {join_words(references, 'or')}" if references else ""


def successions(context: AnswerContext, statements: Sequence[Statement]) -> list[Succession]:
    """The succession of each statement, in order; of the codes that ended only the first ``SHOWN_FOR`` are read."""
    ended = [statement for statement in statements if statement.status is Status.TERMINATED]
    read, unread = ended[:SHOWN_FOR], ended[SHOWN_FOR:]
    result = {one.record.code: succession(context, one) for one in read}
    if unread:
        text = f"Replacements are listed for the first {SHOWN_FOR} codes that ended. Ask for the others separately."
        code = unread[0].record.code
        result[code] = Succession((), (Evidence(kind=EvidenceKind.SUCCESSOR, text=text, code=code),))
    return [result.get(statement.record.code, Succession((), ())) for statement in statements]
