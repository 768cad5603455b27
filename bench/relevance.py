"""How often the right code is first, or in the first five: our search and other engines, per kind of query.

A hash of their text splits the development queries of each kind: the larger part for tuning, the rest held out.
Misses are shown for the tuning part only; the held-out part has figures, but no queries.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from bench.figure import Goal, Row, Table

TUNE_SHARE: Final = 0.6
TOP: Final = 10

Engine = Callable[[str, int], Sequence[str]]
"""The codes that an engine finds for a text, best first, up to a maximum count."""


class JudgedQuery(NamedTuple):
    """A query, the codes that satisfy it (any one of them), and the kind of its source."""

    text: str
    codes: frozenset[str]
    kind: str


class ShareGoals(NamedTuple):
    """What our shares of all queries of a kind are to reach."""

    hit1: Goal
    hit5: Goal


GOALS: Final = {
    "words": ShareGoals(Goal(0.68, "", at_least=True), Goal(0.88, "", at_least=True)),
    "brand names": ShareGoals(Goal(0.78, "", at_least=True), Goal(0.88, "", at_least=True)),
}


class Scores(NamedTuple):
    """Means over queries: right code first, right code in the first five, mean reciprocal rank in the first ten."""

    queries: int
    hit1: float
    hit5: float
    mrr: float


def read_queries(path: Path) -> list[JudgedQuery]:
    """The queries of a tab-separated file with the columns query, codes (separated by spaces) and kind."""
    with path.open(encoding="utf-8", newline="") as file:
        rows = csv.DictReader(file, delimiter="\t")
        return [JudgedQuery(row["query"], frozenset(row["codes"].split()), row["kind"]) for row in rows]


def split(queries: Iterable[JudgedQuery]) -> tuple[list[JudgedQuery], list[JudgedQuery]]:
    """The queries for tuning and those held out, per kind, by the hash of their text."""
    by_kind: dict[str, list[JudgedQuery]] = defaultdict(list)
    for query in queries:
        by_kind[query.kind].append(query)
    tune: list[JudgedQuery] = []
    held_out: list[JudgedQuery] = []
    for kind in sorted(by_kind):
        ordered = sorted(by_kind[kind], key=lambda q: hashlib.sha256(q.text.casefold().encode()).hexdigest())
        cut = round(len(ordered) * TUNE_SHARE)
        tune += ordered[:cut]
        held_out += ordered[cut:]
    return tune, held_out


def rank_of(query: JudgedQuery, ranked: Sequence[str]) -> int | None:
    """The rank (from 1) of the first right code; ``None`` if none is there."""
    return next((rank for rank, code in enumerate(ranked, 1) if code in query.codes), None)


def measure(queries: Sequence[JudgedQuery], engine: Engine) -> Scores:
    """An engine's scores on the queries."""
    ranks = [rank_of(query, engine(query.text, TOP)) for query in queries]
    count = max(len(queries), 1)
    return Scores(
        len(queries),
        sum(rank == 1 for rank in ranks) / count,
        sum(rank is not None and rank <= 5 for rank in ranks) / count,
        sum(1 / rank for rank in ranks if rank is not None) / count,
    )


def misses(queries: Sequence[JudgedQuery], engine: Engine) -> list[tuple[JudgedQuery, Sequence[str]]]:
    """The queries whose right code is not first, with the codes found. For the tuning part only."""
    ranked = [(query, engine(query.text, TOP)) for query in queries]
    return [(query, codes) for query, codes in ranked if rank_of(query, codes) != 1]


def groups(queries: Sequence[JudgedQuery]) -> Mapping[str, list[JudgedQuery]]:
    """The queries grouped as the goals are: words, brand names, all."""
    return {
        "words": [q for q in queries if q.kind != "Table of Drugs"],
        "brand names": [q for q in queries if q.kind == "Table of Drugs"],
        "all": list(queries),
    }


def run(arguments: Sequence[str]) -> list[Table]:
    """The shares of all engines, and ours beside FTS5's in short; ``--misses`` prints the misses of the tuning part."""
    # The engines are slow to import, and the tests of the split don't need them.
    from bench.engine import entries
    from bench.engines import Bm25s, Fts5, Ours
    from bench.release import DEVELOPMENT_QUERIES, NotMeasuredError, newest_catalog
    from bench.tantivy_engine import Tantivy
    from hcpcs_index import build_index, open_index

    parser = argparse.ArgumentParser(prog="bench relevance", description=__doc__)
    parser.add_argument("--misses", action="store_true", help="show our misses in the tuning part")
    options = parser.parse_args(arguments)
    if not DEVELOPMENT_QUERIES.is_file():
        raise NotMeasuredError("needs ../shared/data/relevance/dev.tsv")
    catalog = newest_catalog()
    with tempfile.TemporaryDirectory() as folder:
        build_index(catalog, Path(folder))
        ours = Ours(open_index(Path(folder), catalog))
    rows = entries(catalog)
    rivals = [rival(rows) for rival in (Fts5, Tantivy, Bm25s)]
    tune, held_out = split(read_queries(DEVELOPMENT_QUERIES))
    if options.misses:
        for query, codes in misses(tune, ours.words):
            wanted = " ".join(sorted(query.codes))
            print(f"{query.kind:15} {query.text[:60]:60} wanted {wanted[:40]:40} found {' '.join(codes[:5])}")
    every = [*tune, *held_out]
    measured = {
        group: [
            *(measure(chosen, rival.words) for rival in rivals),
            measure(groups(held_out)[group], ours.words),
            measure(chosen, ours.words),
        ]
        for group, chosen in groups(every).items()
    }
    columns = ("queries", *(rival.name for rival in rivals), f"ours, {len(held_out)} held out", "ours, all")
    return [Table(columns, tuple(_share_rows(measured))), _short_table(measured)]


def _share_rows(measured: Mapping[str, Sequence[Scores]]) -> Iterator[Row]:
    for group, scores in measured.items():
        name, goals = f"{group} ({scores[-1].queries})", GOALS.get(group)
        first, first_five = [one.hit1 for one in scores], [one.hit5 for one in scores]
        cells = tuple(f"{share:.3f}" for share in first_five)
        yield Row(f"{name}: in the first five", cells, goals.hit5 if goals else None, first_five[-1])
        cells = tuple(f"{share:.3f}" for share in first)
        yield Row(f"{name}: first", cells, goals.hit1 if goals else None, first[-1])


def _short_table(measured: Mapping[str, Sequence[Scores]]) -> Table:
    """FTS5, which comes first, and ours."""
    rows = [
        Row(f"{group} ({ours.queries})", tuple(f"{one.hit5:.2f} ({one.hit1:.2f})" for one in (fts5, ours)))
        for group in GOALS
        for fts5, ours in [(measured[group][0], measured[group][-1])]
    ]
    return Table(("queries", "SQLite FTS5", "this search"), tuple(rows))
