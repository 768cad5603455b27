"""Which codes of one letter were likely followed by codes of another: K codes that became E codes."""

from __future__ import annotations

from collections import defaultdict
from datetime import date, timedelta
from typing import Final, NamedTuple

from hcpcs.answers.context import AnswerContext
from hcpcs.answers.evidence import Evidence, EvidenceKind
from hcpcs.catalog.history.dated_codes import DatedCode
from hcpcs.records.fields import long_date

ALIKE: Final = 0.5
"""Lowest similarity of the two descriptions: K0554 and E2103 (glucose monitors) have 0.55."""
MOST_LISTED: Final = 10
"""Maximum pairs that an answer lists, the latest first."""
_ONE_DAY: Final = timedelta(days=1)


class LetterSuccession(NamedTuple):
    """A code that ended, and the code of the other letter that was added the day after with a similar description."""

    former: DatedCode
    later: DatedCode


def letter_successions(context: AnswerContext, former: str, later: str) -> tuple[LetterSuccession, ...]:
    """The codes of the letter ``former``, each with the code of ``later`` that it likely became, latest first."""
    dated = context.catalog.dated_codes
    added: dict[date, list[DatedCode]] = defaultdict(list)
    for one in dated.added(date.min, context.day):
        if one.code.startswith(later) and one.added is not None:
            added[one.added].append(one)
    similarities = context.catalog.description_words.similarities
    pairs: dict[str, tuple[float, LetterSuccession]] = {}
    for ended in dated.ended(date.min, context.day):
        candidates = added.get(ended.ended + _ONE_DAY, []) if ended.ended is not None else []
        if not ended.code.startswith(former) or not candidates:
            continue
        texts = [one.long_description for one in candidates]
        alike, best = max(zip(similarities(ended.long_description, texts, ALIKE), candidates, strict=True))
        known = pairs.get(best.code)
        if alike >= ALIKE and (known is None or alike > known[0]):  # a code follows the one that is most like it
            pairs[best.code] = alike, LetterSuccession(ended, best)
    latest = sorted(pairs.values(), key=lambda one: (one[1].later.added, one[1].former.code), reverse=True)
    return tuple(pair for _, pair in latest)


def succession_sentence(pairs: tuple[LetterSuccession, ...], former: str, later: str) -> str:
    """How many codes became others, and by what this is told; that none did where there is none."""
    if not pairs:
        return f"No {former} code ended the day before a similar {later} code was added."
    codes = "code was" if len(pairs) == 1 else "codes were"
    return f"{len(pairs)} {former} {codes} likely followed by {later} codes: added the day after, similarly described."


def succession_evidence(pairs: tuple[LetterSuccession, ...]) -> tuple[Evidence, ...]:
    """A line per pair, the latest first, and how many more there are."""
    lines = [
        Evidence(
            kind=EvidenceKind.SUCCESSOR,
            text=f"{former.code} ({former.short_description}) ended on {long_date(former.ended)}: {later.code} "
            f"({later.short_description}).",
            code=former.code,
        )
        for former, later in pairs[:MOST_LISTED]
        if former.ended is not None
    ]
    if len(pairs) > MOST_LISTED:
        text = f"{len(pairs) - MOST_LISTED} more. Ask what replaced one code to see it."
        lines.append(Evidence(kind=EvidenceKind.SUCCESSOR, text=text))
    return tuple(lines)
