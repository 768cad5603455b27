"""What changed in the companion files that a channel watches, from the editions of its last digest to the newest. Pure.

Rows are compared by ``compare_editions``. Amounts of a fee schedule count for the state that the watch names, else for
the team's, else for all of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from typing import Final, NamedTuple

from hcpcs.companions.edition import Edition, EditionKind
from hcpcs.companions.edition_kinds import edition_kinds
from hcpcs.companions.storage.companion_store import Companions
from hcpcs.companions.storage.edition_differences import COMPARED, EditionDifference, compare_editions
from hcpcs.records.billing.areas import areas
from hcpcs.records.record import Frozen
from hcpcs_bot.watches.watch import About, Watch, WordSearch, covers, order_watches

ROW_LIMIT: Final = 30
"""Maximum rows listed per digest; all are counted."""
_RURAL: Final = " rural"


class ComparedEditions(NamedTuple):
    """Two editions of a kind: that of the channel's last digest, and the newest."""

    before: Edition
    after: Edition


class MatchedRow(Frozen):
    """What differs in one row, and the phrases of the watches that it matches."""

    differences: tuple[EditionDifference, ...]
    phrases: tuple[str, ...]


class EditionsDigest(Frozen):
    """What changed in companion files for a channel: up to ``ROW_LIMIT`` rows, and how many there are in all."""

    compared: tuple[ComparedEditions, ...]
    rows: tuple[MatchedRow, ...]
    total: int


def newest_days(companions: Companions) -> dict[EditionKind, str]:
    """The first day (ISO) of the newest edition of each kind that can be compared."""
    dated = [edition for edition in companions.editions if edition.kind in COMPARED and edition.from_day is not None]
    return {edition.kind: str(edition.from_day) for edition in dated}


def editions_to_compare(
    companions: Companions, last: Mapping[EditionKind, str], newest: Mapping[EditionKind, str]
) -> tuple[ComparedEditions, ...]:
    """The editions since the last digest; none of a kind of which there was no earlier edition."""
    compared = []
    for kind, day in newest.items():
        of_kind = {str(edition.from_day): edition for edition in companions.editions if edition.kind is kind}
        earlier = [known for known in of_kind if last.get(kind) and known <= last[kind]]
        if day in of_kind and earlier:
            compared.append(ComparedEditions(of_kind[max(earlier)], of_kind[day]))
    return tuple(compared)


def build_editions_digest(
    companions: Companions,
    compared: Iterable[ComparedEditions],
    watches: Iterable[Watch],
    search: WordSearch,
    area: str = "",
) -> EditionsDigest | None:
    """The digest of some editions for these watches; ``None`` if nothing matches them.

    ``area`` is the abbreviation of the team's state, blank for none.
    """
    listed = [watch for watch in order_watches(watches) if watch.files]
    by_search = {watch.pattern: search(watch.pattern) for watch in listed if watch.about is About.WORDS}
    rows: list[MatchedRow] = []
    differing = []
    for pair in compared:
        of_kind = [watch for watch in listed if edition_kinds()[pair.after.kind].part_of in watch.files]
        matched = list(_matched_rows(companions, pair, of_kind, by_search, area)) if of_kind else []
        rows += matched
        if matched:
            differing.append(pair)
    if not rows:
        return None
    return EditionsDigest(compared=tuple(differing), rows=tuple(rows[:ROW_LIMIT]), total=len(rows))


def _matched_rows(
    companions: Companions,
    pair: ComparedEditions,
    watches: Sequence[Watch],
    by_search: Mapping[str, frozenset[str]],
    area: str,
) -> Iterator[MatchedRow]:
    def is_watched(watch: Watch, code: str) -> bool:
        return covers(watch, code, frozenset(), code in by_search.get(watch.pattern, ()))

    before, after = (companions.packed_edition(edition) for edition in pair)
    differences = compare_editions(before, after, lambda code: any(is_watched(watch, code) for watch in watches))
    for (code, _), group in groupby(differences, key=lambda one: (one.code, one.qualifiers)):
        row = list(group)
        kept: dict[EditionDifference, None] = {}
        phrases = []
        for watch in watches:
            of_watch = _of_area(row, watch.area or area) if is_watched(watch, code) else []
            if of_watch:
                kept |= dict.fromkeys(of_watch)
                phrases.append(watch.phrase)
        if phrases:
            in_order = tuple(one for one in row if one in kept)
            yield MatchedRow(differences=in_order, phrases=tuple(phrases))


def _of_area(row: Sequence[EditionDifference], area: str) -> list[EditionDifference]:
    """The differences of a row that matter in a state: its amounts, and what isn't about a state."""
    if not area:
        return list(row)
    if row and row[0].edition_kind is EditionKind.FORMER_CBA:
        # A former bidding area ends in its state: DALLASTX.
        return [one for one in row if not one.what or one.what.endswith(area)]
    of_state = [one for one in row if one.what.removesuffix(_RURAL) == area]
    has_areas = any(one.what.removesuffix(_RURAL) in areas() for one in row)
    # Ceilings and floors belong to the amounts of all states: without a change in the state they don't matter.
    return of_state if has_areas else list(row)
