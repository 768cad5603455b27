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
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final, NamedTuple

TUNE_SHARE: Final = 0.6
TOP: Final = 10

Engine = Callable[[str, int], Sequence[str]]
"""The codes that an engine finds for a text, best first, up to a maximum count."""


class JudgedQuery(NamedTuple):
    """A query, the codes that satisfy it (any one of them), and the kind of its source."""

    text: str
    codes: frozenset[str]
    kind: str


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
        "  Index": [q for q in queries if q.kind == "Index"],
        "  authored": [q for q in queries if q.kind == "authored"],
        "brand names": [q for q in queries if q.kind == "Table of Drugs"],
        "all": list(queries),
    }


def run(arguments: Sequence[str]) -> None:
    """Prints the table, and with ``--misses`` the misses of the tuning part."""
    # The engines are slow to import, and the tests of the split don't need them.
    from bench.engine import entries
    from bench.engines import Bm25s, Fts5, Ours
    from bench.release import DEVELOPMENT_QUERIES, newest_catalog
    from bench.tantivy_engine import Tantivy
    from hcpcs_index import build_index, open_index

    parser = argparse.ArgumentParser(prog="bench relevance", description=__doc__)
    parser.add_argument("--misses", action="store_true", help="show our misses in the tuning part")
    options = parser.parse_args(arguments)
    catalog = newest_catalog()
    with tempfile.TemporaryDirectory() as folder:
        build_index(catalog, Path(folder))
        ours = Ours(open_index(Path(folder), catalog))
    rows = entries(catalog)
    engines = {engine.name: engine.words for engine in (ours, *(rival(rows) for rival in (Fts5, Tantivy, Bm25s)))}
    tune, held_out = split(read_queries(DEVELOPMENT_QUERIES))
    for part, queries in (("tuned on", tune), ("held out", held_out), ("all", [*tune, *held_out])):
        print(f"\n{part:20}{'queries':>8}" + "".join(f"{name:>22}" for name in engines))
        print(f"{'':28}" + "".join(f"{'hit@1  hit@5    MRR':>22}" for _ in engines))
        for group, chosen in groups(queries).items():
            cells = [measure(chosen, engine) for engine in engines.values()]
            figures = "".join(f"{s.hit1:>8.3f}{s.hit5:>7.3f}{s.mrr:>7.3f}" for s in cells)
            print(f"  {group:18}{len(chosen):>8}{figures}")
    if options.misses:
        for query, codes in misses(tune, ours.words):
            wanted = " ".join(sorted(query.codes))
            print(f"{query.kind:15} {query.text[:60]:60} wanted {wanted[:40]:40} found {' '.join(codes[:5])}")
